package dev.followspot.examples.benchmarks.parts;

import dev.followspot.core.json.InvalidListException;
import dev.followspot.core.json.ObjectLists;
import dev.followspot.spi.KubernetesObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Lists as API servers send them: in one line, about 7.7 KB for a pod, of which its managed fields
 * are a third. They are made up, and always the same.
 */
final class PodLists {

  /** So many pods are about 15 MB. */
  static final int MANY = 2_000;

  static final String NAMESPACE = "orders";

  private static final long SEED = 20_260_101;

  /** Name, digits, hash of the template, number. */
  private static final String POD =
      oneLine(
          """
          {"metadata":{"name":"%1$s","generateName":"order-service-%3$s-","namespace":"orders",
          "uid":"%2$s-acef-9366-f233-0912cd08d268","resourceVersion":"7682%4$05d",
          "creationTimestamp":"2025-09-16T19:13:49Z","labels":{"app":"order-service",
          "app.kubernetes.io/instance":"order-service","app.kubernetes.io/managed-by":"Helm",
          "app.kubernetes.io/version":"2.31.20","team":"checkout","pod-template-hash":"%3$s"},
          "annotations":{"checksum/config":"1ecfc4711bf3a18ba8ae8e010561ba176d8f1d592063ee103f81a824",
          "prometheus.io/scrape":"true","prometheus.io/port":"8080"},
          "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet",
          "name":"order-service-%3$s","uid":"2889923b-115e-d9f3-305d-4ddece932248",
          "controller":true,"blockOwnerDeletion":true}],
          "managedFields":[{"manager":"kube-controller-manager","operation":"Update",
          "apiVersion":"v1","time":"2025-09-16T19:13:49Z","fieldsType":"FieldsV1","fieldsV1":{
          "f:metadata":{"f:annotations":{".":{},"f:checksum/config":{},"f:prometheus.io/scrape":{},
          "f:prometheus.io/port":{}},"f:generateName":{},"f:labels":{".":{},"f:app":{},
          "f:app.kubernetes.io/instance":{},"f:app.kubernetes.io/managed-by":{},
          "f:app.kubernetes.io/version":{},"f:team":{},"f:pod-template-hash":{}},
          "f:ownerReferences":{".":{},"k:{\\"uid\\":\\"2889923b-115e-d9f3-305d-4ddece932248\\"}":{}}},
          "f:spec":{"f:containers":{"k:{\\"name\\":\\"order-service\\"}":{".":{},"f:env":{".":{},
          "k:{\\"name\\":\\"SPRING_PROFILES_ACTIVE\\"}":{".":{},"f:name":{},"f:value":{}},
          "k:{\\"name\\":\\"DB_URL\\"}":{".":{},"f:name":{},"f:value":{}},
          "k:{\\"name\\":\\"DB_PASSWORD\\"}":{".":{},"f:name":{},"f:valueFrom":{".":{},
          "f:secretKeyRef":{}}}},"f:image":{},"f:imagePullPolicy":{},"f:livenessProbe":{".":{},
          "f:failureThreshold":{},"f:httpGet":{".":{},"f:path":{},"f:port":{},"f:scheme":{}},
          "f:periodSeconds":{},"f:successThreshold":{},"f:timeoutSeconds":{}},"f:name":{},
          "f:resources":{".":{},"f:limits":{
          ".":{},"f:cpu":{},"f:memory":{}},"f:requests":{".":{},"f:cpu":{},"f:memory":{}}},
          "f:securityContext":{".":{},"f:allowPrivilegeEscalation":{},"f:runAsNonRoot":{}},
          "f:terminationMessagePath":{},"f:terminationMessagePolicy":{},"f:volumeMounts":{".":{},
          "k:{\\"mountPath\\":\\"/tmp\\"}":{".":{},"f:mountPath":{},"f:name":{}},
          "k:{\\"mountPath\\":\\"/etc/order-service\\"}":{".":{},"f:mountPath":{},"f:name":{},
          "f:readOnly":{}}}},"k:{\\"name\\":\\"log-shipper\\"}":{".":{},"f:image":{},"f:name":{},
          "f:resources":{}}},"f:dnsPolicy":{},"f:enableServiceLinks":{},"f:restartPolicy":{},
          "f:schedulerName":{},"f:securityContext":{".":{},"f:fsGroup":{}},
          "f:serviceAccount":{},"f:serviceAccountName":{},"f:terminationGracePeriodSeconds":{},
          "f:volumes":{".":{},"k:{\\"name\\":\\"tmp\\"}":{".":{},"f:emptyDir":{},"f:name":{}}}}}},
          {"manager":"kubelet","operation":"Update","apiVersion":"v1",
          "time":"2025-09-16T19:14:21Z","fieldsType":"FieldsV1","fieldsV1":{"f:status":{
          "f:conditions":{"k:{\\"type\\":\\"ContainersReady\\"}":{".":{},"f:lastProbeTime":{},
          "f:lastTransitionTime":{},"f:status":{},"f:type":{}},
          "k:{\\"type\\":\\"Initialized\\"}":{".":{},"f:lastProbeTime":{},"f:lastTransitionTime":{},
          "f:status":{},"f:type":{}},"k:{\\"type\\":\\"Ready\\"}":{".":{},"f:lastProbeTime":{},
          "f:lastTransitionTime":{},"f:status":{},"f:type":{}}},"f:containerStatuses":{},
          "f:hostIP":{},"f:hostIPs":{},"f:phase":{},"f:podIP":{},"f:podIPs":{".":{},
          "k:{\\"ip\\":\\"10.34.115.75\\"}":{".":{},"f:ip":{}}},"f:startTime":{}}},
          "subresource":"status"}]},
          "spec":{"volumes":[{"name":"tmp","emptyDir":{}},{"name":"config","configMap":{
          "name":"order-service-config","defaultMode":420}},{"name":"kube-api-access-ln7bz",
          "projected":{"sources":[{"serviceAccountToken":{"expirationSeconds":3607,"path":"token"}},
          {"configMap":{"name":"kube-root-ca.crt","items":[{"key":"ca.crt","path":"ca.crt"}]}},
          {"downwardAPI":{"items":[{"path":"namespace","fieldRef":{"apiVersion":"v1",
          "fieldPath":"metadata.namespace"}}]}}],"defaultMode":420}}],
          "containers":[{"name":"order-service","image":"shop/order-service:2.31.20",
          "ports":[{"name":"http","containerPort":8080,"protocol":"TCP"}],
          "env":[{"name":"SPRING_PROFILES_ACTIVE","value":"kubernetes,prod"},{"name":"DB_URL",
          "value":"jdbc:postgresql://orders-db.orders.svc.cluster.local:5432/orders"},
          {"name":"DB_PASSWORD","valueFrom":{"secretKeyRef":{"name":"order-service-db",
          "key":"password"}}},{"name":"POD_NAME","valueFrom":{"fieldRef":{"apiVersion":"v1",
          "fieldPath":"metadata.name"}}}],"resources":{"limits":{"cpu":"1","memory":"1Gi"},
          "requests":{"cpu":"250m","memory":"512Mi"}},"volumeMounts":[{"name":"tmp",
          "mountPath":"/tmp"},{"name":"config","readOnly":true,"mountPath":"/etc/order-service"},
          {"name":"kube-api-access-ln7bz","readOnly":true,
          "mountPath":"/var/run/secrets/kubernetes.io/serviceaccount"}],"livenessProbe":{"httpGet":{
          "path":"/actuator/health/liveness","port":"http","scheme":"HTTP"},
          "initialDelaySeconds":30,"timeoutSeconds":1,"periodSeconds":10,"successThreshold":1,
          "failureThreshold":3},
          "terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File",
          "imagePullPolicy":"IfNotPresent","securityContext":{"capabilities":{"drop":["ALL"]},
          "runAsNonRoot":true,"readOnlyRootFilesystem":true,"allowPrivilegeEscalation":false}},
          {"name":"log-shipper","image":"platform/log-shipper:1.9.0",
          "ports":[{"name":"http-metrics","containerPort":2020,"protocol":"TCP"}],
          "env":[{"name":"POD_NAME","valueFrom":{"fieldRef":{"apiVersion":"v1",
          "fieldPath":"metadata.name"}}}],"resources":{"limits":{"cpu":"200m","memory":"128Mi"},
          "requests":{"cpu":"10m","memory":"64Mi"}},"volumeMounts":[{"name":"tmp",
          "mountPath":"/tmp"},{"name":"kube-api-access-ln7bz","readOnly":true,
          "mountPath":"/var/run/secrets/kubernetes.io/serviceaccount"}],
          "terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File",
          "imagePullPolicy":"IfNotPresent","securityContext":{"capabilities":{"drop":["ALL"]},
          "runAsNonRoot":true,"readOnlyRootFilesystem":true,"allowPrivilegeEscalation":false}}],
          "restartPolicy":"Always","terminationGracePeriodSeconds":30,"dnsPolicy":"ClusterFirst",
          "serviceAccountName":"order-service","serviceAccount":"order-service",
          "securityContext":{"fsGroup":1000,"seccompProfile":{"type":"RuntimeDefault"}},
          "schedulerName":"default-scheduler","nodeName":"ip-10-84-45-106.eu-west-1.compute.internal",
          "tolerations":[{"key":"node.kubernetes.io/not-ready","operator":"Exists",
          "effect":"NoExecute","tolerationSeconds":300}],"priority":0,
          "enableServiceLinks":true,"preemptionPolicy":"PreemptLowerPriority"},
          "status":{"phase":"Running","conditions":[{"type":"PodReadyToStartContainers",
          "status":"True","lastProbeTime":null,"lastTransitionTime":"2025-09-16T19:14:02Z"},
          {"type":"Initialized","status":"True","lastProbeTime":null,
          "lastTransitionTime":"2025-09-16T19:13:49Z"},{"type":"Ready","status":"True",
          "lastProbeTime":null,"lastTransitionTime":"2025-09-16T19:14:21Z"},
          {"type":"PodScheduled","status":"True",
          "lastProbeTime":null,"lastTransitionTime":"2025-09-16T19:13:49Z"}],
          "hostIP":"10.84.45.106","hostIPs":[{"ip":"10.84.45.106"}],"podIP":"10.34.115.75",
          "podIPs":[{"ip":"10.34.115.75"}],"startTime":"2025-09-16T19:13:49Z",
          "containerStatuses":[{"name":"order-service","state":{"running":{
          "startedAt":"2025-09-16T19:13:52Z"}},"lastState":{},"ready":true,"restartCount":0,
          "image":"shop/order-service:2.31.20",
          "imageID":"shop/order-service@sha256:6cc3cc19973275048c6fddc32fd7746a3a0499dcf31ee201%2$s",
          "containerID":"containerd://ff9be6f0a0d2b2f65f65f7f7dd32e9e83fbbdf497e2764cba%2$s",
          "started":true},{"name":"log-shipper","state":{"running":{
          "startedAt":"2025-09-16T19:13:53Z"}},"lastState":{},"ready":true,"restartCount":2,
          "image":"platform/log-shipper:1.9.0",
          "imageID":"platform/log-shipper@sha256:00101e5288443eaef4600357b9ef5f415b7d1f6cc0c615%2$s",
          "containerID":"containerd://7d9496be4f79d1372f2f7f3b79f3f59318a26fb04c791217f%2$s",
          "started":true}],"qosClass":"Burstable"}}
          """);

  private static final String METRICS =
      oneLine(
          """
          {"metadata":{"name":"%1$s","namespace":"orders","creationTimestamp":"2025-09-17T08:00:02Z",
          "labels":{"app":"order-service","pod-template-hash":"%3$s"}},
          "timestamp":"2025-09-17T07:59:49Z","window":"17.048s","containers":[
          {"name":"order-service","usage":{"cpu":"%4$d7n","memory":"4%4$05dKi"}},
          {"name":"log-shipper","usage":{"cpu":"1%4$05dn","memory":"12%4$03dKi"}}]}
          """);

  private PodLists() {}

  /** A {@code PodList} in UTF-8. */
  static byte[] pods(int count) {
    return list("PodList", "v1", count, PodLists::pod);
  }

  /** A {@code PodMetricsList} in UTF-8: one element for each of so many pods, in another order. */
  static byte[] metrics(int count) {
    return list(
        "PodMetricsList",
        "metrics.k8s.io/v1beta1",
        count,
        (number, digits) -> fill(METRICS, count - 1 - number, digits));
  }

  /** The objects of a list. */
  static List<KubernetesObject> objects(byte[] list) {
    try {
      return ObjectLists.parse(list, list.length).objects();
    } catch (InvalidListException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pod(int number, String digits) {
    return fill(POD, number, digits);
  }

  private static String fill(String template, int number, String digits) {
    String hash = "eadbc" + number % 20;
    return template.formatted("order-service-" + hash + "-" + number, digits, hash, number);
  }

  private static byte[] list(
      String kind, String apiVersion, int count, BiFunction<Integer, String, String> item) {
    Random random = new Random(SEED);
    return IntStream.range(0, count)
        .mapToObj(number -> item.apply(number, "%08x".formatted(random.nextInt())))
        .collect(
            Collectors.joining(
                ",",
                "{\"kind\":\"%s\",\"apiVersion\":\"%s\",\"metadata\":{\"resourceVersion\":\"9\"},\"items\":["
                    .formatted(kind, apiVersion),
                "]}\n"))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String oneLine(String lines) {
    return lines.replace("\n", "");
  }
}
