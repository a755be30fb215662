// The fixtures: order-service, as it runs in the namespaces of a shop.
const LABELS = { app: 'order-service' };
const STARTED = '2026-01-01T08:00:00Z';

/** `namespaces` as the annotation has them; further annotations win. */
export function orderService(namespaces, annotations = {}, name = 'order-service') {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations: {
        'backstage.io/kubernetes-label-selector': 'app=order-service',
        'backstage.io/kubernetes-namespace': namespaces,
        ...annotations,
      },
    },
    spec: { type: 'service', owner: 'team-shop', lifecycle: 'production' },
  };
}

export const podsOf = namespace => [1, 2].map(i => `order-service-5d8f-${namespace}-${i}`);

/** The objects of one namespace: a deployment of two pods, and what belongs to it. The second pod is `running`, `crashing` or `unready`. */
export function workload(namespace, { second = 'running' } = {}) {
  const ready = second === 'running' ? 2 : 1;
  const uid = name => `${namespace}-${name}`;
  const owner = (kind, name) => [{ apiVersion: 'apps/v1', kind, name, uid: uid(name), controller: true }];
  const replicaSet = 'order-service-5d8f';
  const pods = podsOf(namespace).map((name, i) => ({
    metadata: {
      name,
      labels: { ...LABELS, 'pod-template-hash': '5d8f' },
      uid: uid(name),
      ownerReferences: owner('ReplicaSet', replicaSet),
      managedFields: [{ manager: 'kubelet' }],
    },
    spec: { containers: [container(namespace)], nodeName: 'node-1' },
    status: STATUSES[i === 1 ? second : 'running'],
  }));
  return {
    deployments: [
      {
        metadata: { name: 'order-service', labels: LABELS, uid: uid('order-service') },
        spec: {
          replicas: 2,
          selector: { matchLabels: LABELS },
          template: { metadata: { labels: LABELS }, spec: { containers: [container(namespace)] } },
        },
        status: {
          replicas: 2,
          updatedReplicas: 2,
          readyReplicas: ready,
          availableReplicas: ready,
          conditions: [
            {
              type: 'Progressing',
              status: 'True',
              reason: 'NewReplicaSetAvailable',
              message: 'ReplicaSet has progressed.',
              lastTransitionTime: STARTED,
            },
          ],
        },
      },
    ],
    replicasets: [
      {
        metadata: {
          name: replicaSet,
          labels: LABELS,
          uid: uid(replicaSet),
          ownerReferences: owner('Deployment', 'order-service'),
        },
        spec: { replicas: 2 },
        status: { replicas: 2, readyReplicas: ready, availableReplicas: ready },
      },
    ],
    pods,
    services: [
      {
        metadata: { name: 'order-service', labels: LABELS },
        spec: {
          type: 'ClusterIP',
          clusterIP: '10.0.0.1',
          ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 }],
        },
        status: { loadBalancer: {} },
      },
    ],
    configmaps: [{ metadata: { name: `order-settings-${namespace}`, labels: LABELS }, data: { currency: 'EUR' } }],
    horizontalpodautoscalers: [
      {
        metadata: { name: 'order-service', labels: LABELS },
        spec: {
          minReplicas: 2,
          maxReplicas: 5,
          scaleTargetRef: { kind: 'Deployment', name: 'order-service' },
          metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 75 } } }],
        },
        status: {
          currentReplicas: 2,
          desiredReplicas: 2,
          currentMetrics: [{ type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: 50 } } }],
        },
      },
    ],
    ingresses: [
      {
        metadata: { name: `order-${namespace}`, labels: LABELS },
        spec: {
          rules: [
            {
              host: `${namespace}.example.com`,
              http: {
                paths: [
                  { path: '/', pathType: 'Prefix', backend: { service: { name: 'order-service', port: { name: 'http' } } } },
                ],
              },
            },
          ],
        },
        status: { loadBalancer: {} },
      },
    ],
    'pods.metrics.k8s.io': pods.map(pod => ({
      metadata: { name: pod.metadata.name, labels: pod.metadata.labels },
      timestamp: STARTED,
      window: '15s',
      containers: [{ name: 'main', usage: { cpu: '50m', memory: '64Mi' } }],
    })),
    events: [
      {
        metadata: { name: `unhealthy-${namespace}` },
        involvedObject: { kind: 'Pod', name: pods[1].metadata.name, uid: pods[1].metadata.uid },
        type: 'Warning',
        reason: 'Unhealthy',
        message: 'Readiness probe failed: HTTP 503',
        count: 7,
      },
    ],
  };
}

function container(namespace) {
  return {
    name: 'main',
    image: 'shop/order-service:1.4',
    env: [{ name: 'STAGE', value: namespace }],
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '200m', memory: '256Mi' } },
    readinessProbe: { httpGet: { path: '/ready', port: 8080 } },
  };
}

const notReady = {
  type: 'Ready',
  status: 'False',
  reason: 'ContainersNotReady',
  message: 'containers with unready status: [main]',
  lastTransitionTime: STARTED,
};

const main = status => ({ name: 'main', image: 'shop/order-service:1.4', restartCount: 0, ...status });

const STATUSES = {
  running: {
    phase: 'Running',
    podIP: '10.1.0.7',
    conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: STARTED }],
    containerStatuses: [main({ ready: true, started: true, state: { running: { startedAt: STARTED } } })],
  },
  unready: {
    phase: 'Running',
    podIP: '10.1.0.8',
    conditions: [notReady],
    containerStatuses: [main({ ready: false, started: true, state: { running: { startedAt: STARTED } } })],
  },
  crashing: {
    phase: 'Running',
    podIP: '10.1.0.8',
    conditions: [notReady],
    containerStatuses: [
      main({
        ready: false,
        started: false,
        restartCount: 4,
        state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container=main' } },
        lastState: { terminated: { exitCode: 1, reason: 'Error', startedAt: STARTED, finishedAt: STARTED } },
      }),
    ],
  },
};

/** The app-config of a backend whose clusters are given as `{ name: { url, token, … } }`. */
export function appConfig(clusters, kubernetes) {
  const configured = Object.entries(clusters).map(([name, { token, ...rest }]) => ({
    name,
    authProvider: 'serviceAccount',
    serviceAccountToken: token,
    ...rest,
  }));
  return {
    backend: { auth: { dangerouslyDisableDefaultAuthPolicy: true } },
    kubernetes: {
      serviceLocatorMethod: { type: 'multiTenant' },
      clusterLocatorMethods: [{ type: 'config', clusters: configured }],
      ...kubernetes,
    },
  };
}
