const BUILT_IN = [
  ['', 'v1', 'configmaps', 'ConfigMap'],
  ['', 'v1', 'events', 'Event'],
  ['', 'v1', 'limitranges', 'LimitRange'],
  ['', 'v1', 'namespaces', 'Namespace'],
  ['', 'v1', 'nodes', 'Node'],
  ['', 'v1', 'persistentvolumeclaims', 'PersistentVolumeClaim'],
  ['', 'v1', 'persistentvolumes', 'PersistentVolume'],
  ['', 'v1', 'pods', 'Pod'],
  ['', 'v1', 'resourcequotas', 'ResourceQuota'],
  ['', 'v1', 'secrets', 'Secret'],
  ['', 'v1', 'services', 'Service'],
  ['apps', 'v1', 'daemonsets', 'DaemonSet'],
  ['apps', 'v1', 'deployments', 'Deployment'],
  ['apps', 'v1', 'replicasets', 'ReplicaSet'],
  ['apps', 'v1', 'statefulsets', 'StatefulSet'],
  ['autoscaling', 'v1', 'horizontalpodautoscalers', 'HorizontalPodAutoscaler'],
  ['autoscaling', 'v2', 'horizontalpodautoscalers', 'HorizontalPodAutoscaler'],
  ['batch', 'v1', 'cronjobs', 'CronJob'],
  ['batch', 'v1', 'jobs', 'Job'],
  ['metrics.k8s.io', 'v1beta1', 'pods', 'PodMetrics'],
  ['networking.k8s.io', 'v1', 'ingresses', 'Ingress'],
].map(([group, version, plural, kind]) => describe({ group, version, plural, kind }));

/** Types whose short name is that of RBAC and of the API server's messages, such as `deployments.apps`. */
function describe(type) {
  const qualified = type.group ? `${type.group}/${type.version}` : type.version;
  const resource = type.group ? `${type.plural}.${type.group}` : type.plural;
  return { ...type, apiVersion: qualified, resource };
}

export class ResourceTypes {
  #types;

  constructor(customResources) {
    this.#types = [...BUILT_IN, ...customResources.map(type => ({ ...describe(type), custom: true }))];
  }

  /** The type that an API path means, if it is served. */
  served(group, version, plural) {
    return this.#types.find(type => type.group === group && type.version === version && type.plural === plural);
  }

  /** The full name (`deployments.apps`) of a type that a test named by it or by its plural. */
  resource(name) {
    const named = this.#types.find(type => type.resource === name) ?? this.#types.find(type => type.plural === name);
    if (!named) throw new Error(`no such type: ${name}; name it in customResources of the cluster`);
    return named.resource;
  }
}
