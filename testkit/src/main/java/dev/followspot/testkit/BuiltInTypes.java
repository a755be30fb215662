package dev.followspot.testkit;

import java.util.List;

/** The types that every API server has. */
final class BuiltInTypes {

  static final ServedType NAMESPACES = global("", "v1", "namespaces", "Namespace");

  static final ServedType POD_METRICS =
      namespaced("metrics.k8s.io", "v1beta1", "pods", "PodMetrics");

  private static final String RBAC = "rbac.authorization.k8s.io";

  static final List<ServedType> ALL =
      List.of(
          NAMESPACES,
          namespaced("", "v1", "pods", "Pod"),
          namespaced("", "v1", "services", "Service"),
          namespaced("", "v1", "configmaps", "ConfigMap"),
          namespaced("", "v1", "secrets", "Secret"),
          namespaced("", "v1", "limitranges", "LimitRange"),
          namespaced("", "v1", "resourcequotas", "ResourceQuota"),
          namespaced("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim"),
          namespaced("", "v1", "serviceaccounts", "ServiceAccount"),
          namespaced("", "v1", "endpoints", "Endpoints"),
          namespaced("", "v1", "events", "Event"),
          namespaced("", "v1", "replicationcontrollers", "ReplicationController"),
          namespaced("", "v1", "podtemplates", "PodTemplate"),
          global("", "v1", "persistentvolumes", "PersistentVolume"),
          global("", "v1", "nodes", "Node"),
          namespaced("apps", "v1", "deployments", "Deployment"),
          namespaced("apps", "v1", "replicasets", "ReplicaSet"),
          namespaced("apps", "v1", "statefulsets", "StatefulSet"),
          namespaced("apps", "v1", "daemonsets", "DaemonSet"),
          namespaced("apps", "v1", "controllerrevisions", "ControllerRevision"),
          namespaced("batch", "v1", "jobs", "Job"),
          namespaced("batch", "v1", "cronjobs", "CronJob"),
          new ServedType(
              "autoscaling",
              List.of("v2", "v1"),
              "horizontalpodautoscalers",
              "HorizontalPodAutoscaler",
              true,
              false),
          namespaced("networking.k8s.io", "v1", "ingresses", "Ingress"),
          namespaced("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy"),
          global("networking.k8s.io", "v1", "ingressclasses", "IngressClass"),
          namespaced("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget"),
          namespaced("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice"),
          namespaced("coordination.k8s.io", "v1", "leases", "Lease"),
          namespaced("events.k8s.io", "v1", "events", "Event"),
          global("storage.k8s.io", "v1", "storageclasses", "StorageClass"),
          namespaced(RBAC, "v1", "roles", "Role"),
          namespaced(RBAC, "v1", "rolebindings", "RoleBinding"),
          global(RBAC, "v1", "clusterroles", "ClusterRole"),
          global(RBAC, "v1", "clusterrolebindings", "ClusterRoleBinding"),
          global(
              "apiextensions.k8s.io",
              "v1",
              "customresourcedefinitions",
              "CustomResourceDefinition"));

  private BuiltInTypes() {}

  private static ServedType namespaced(String group, String version, String plural, String kind) {
    return new ServedType(group, List.of(version), plural, kind, true, false);
  }

  private static ServedType global(String group, String version, String plural, String kind) {
    return new ServedType(group, List.of(version), plural, kind, false, false);
  }
}
