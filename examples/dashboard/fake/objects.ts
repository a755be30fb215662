import type {
  Cell,
  ClusterObjects,
  KubeObject,
  LookupAnswer,
  Pod,
  PodMetrics,
} from '../src/api/types';

/** Makers of Kubernetes objects, for the fake backend and for tests. */

export function ago(now: number, minutes: number): string {
  return new Date(now - minutes * 60_000).toISOString().replace(/\.\d+Z/, 'Z');
}

export interface PodOptions {
  name: string;
  namespace?: string;
  owner?: KubeObject | undefined;
  ownerKind?: string;
  minutes?: number;
  labels?: Record<string, string>;
  status?: Pod['status'];
  spec?: Pod['spec'];
}

export const NOW = Date.parse('2026-01-01T12:00:00Z');

function metadata(name: string, namespace: string, minutes: number, now: number) {
  return {
    name,
    namespace,
    uid: `uid-${namespace}-${name}`,
    resourceVersion: '1',
    creationTimestamp: ago(now, minutes),
  };
}

export function pod(options: PodOptions, now = NOW): Pod {
  const { name, namespace = 'shop', owner, ownerKind = 'ReplicaSet', minutes = 300 } = options;
  return {
    metadata: {
      ...metadata(name, namespace, minutes, now),
      labels: options.labels ?? { app: 'order-service' },
      ...(owner?.metadata && {
        ownerReferences: [
          {
            kind: ownerKind,
            name: owner.metadata.name ?? '',
            uid: owner.metadata.uid ?? '',
            controller: true,
          },
        ],
      }),
    },
    spec: options.spec ?? {
      nodeName: 'node-3',
      containers: [{ name: 'app', image: 'registry.example.com/shop/order-service:1.4.2' }],
    },
    status: options.status ?? runningStatus(now, minutes),
  };
}

export function runningStatus(now = NOW, minutes = 300): NonNullable<Pod['status']> {
  return {
    phase: 'Running',
    podIP: '10.1.2.3',
    conditions: [
      { type: 'PodScheduled', status: 'True', lastTransitionTime: ago(now, minutes) },
      { type: 'Ready', status: 'True', lastTransitionTime: ago(now, minutes) },
    ],
    containerStatuses: [
      {
        name: 'app',
        ready: true,
        restartCount: 0,
        state: { running: { startedAt: ago(now, minutes) } },
      },
    ],
  };
}

export function crashingStatus(now = NOW): NonNullable<Pod['status']> {
  return {
    phase: 'Running',
    conditions: [
      {
        type: 'Ready',
        status: 'False',
        reason: 'ContainersNotReady',
        message: 'containers with unready status: [app]',
        lastTransitionTime: ago(now, 40),
      },
    ],
    containerStatuses: [
      {
        name: 'app',
        ready: false,
        restartCount: 14,
        state: {
          waiting: {
            reason: 'CrashLoopBackOff',
            message: 'back-off 5m0s restarting failed container=app',
          },
        },
        lastState: {
          terminated: { reason: 'OOMKilled', exitCode: 137, finishedAt: ago(now, 3) },
        },
      },
    ],
  };
}

export function pendingStatus(): NonNullable<Pod['status']> {
  return {
    phase: 'Pending',
    conditions: [
      {
        type: 'PodScheduled',
        status: 'False',
        reason: 'Unschedulable',
        message: '0/12 nodes are available: 12 Insufficient memory.',
      },
    ],
  };
}

export function imagePullStatus(): NonNullable<Pod['status']> {
  return {
    phase: 'Pending',
    conditions: [{ type: 'Ready', status: 'False' }],
    containerStatuses: [
      {
        name: 'app',
        ready: false,
        restartCount: 0,
        state: {
          waiting: {
            reason: 'ImagePullBackOff',
            message: 'Back-off pulling image "registry.example.com/shop/order-service:1.5.0"',
          },
        },
      },
    ],
  };
}

export function object(
  name: string,
  fields: Partial<KubeObject> = {},
  namespace = 'shop',
  minutes = 6000,
  now = NOW,
): KubeObject {
  const { metadata: more, ...rest } = fields;
  return { metadata: { ...metadata(name, namespace, minutes, now), ...more }, ...rest };
}

export function deployment(
  name: string,
  wanted: number,
  ready: number,
  namespace = 'shop',
  now = NOW,
): KubeObject {
  return object(
    name,
    {
      metadata: { uid: `uid-deployment-${namespace}-${name}`, labels: { app: name } },
      spec: { replicas: wanted },
      status: {
        readyReplicas: ready,
        updatedReplicas: wanted,
        conditions: [
          {
            type: 'Available',
            status: ready > 0 || wanted === 0 ? 'True' : 'False',
            reason: ready > 0 ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
            message: `Deployment ${ready > 0 ? 'has' : 'does not have'} minimum availability.`,
            lastTransitionTime: ago(now, 90),
          },
          {
            type: 'Progressing',
            status: 'True',
            reason: 'NewReplicaSetAvailable',
            lastTransitionTime: ago(now, 90),
          },
        ],
      },
    },
    namespace,
    6000,
    now,
  );
}

export function replicaSet(
  of: KubeObject,
  suffix: string,
  replicas: number,
  now = NOW,
): KubeObject {
  const { name = '', namespace = '', uid = '' } = of.metadata ?? {};
  return object(
    `${name}-${suffix}`,
    {
      metadata: {
        uid: `uid-rs-${namespace}-${name}-${suffix}`,
        ownerReferences: [{ kind: 'Deployment', name, uid, controller: true }],
      },
      spec: { replicas },
      status: { replicas, readyReplicas: replicas },
    },
    namespace,
    6000,
    now,
  );
}

export function metrics(of: Pod, cores: number, mebibytes: number): PodMetrics {
  const cpu = { currentUsage: cores, requestTotal: 0.25, limitTotal: 1 };
  const memory = {
    currentUsage: String(mebibytes * 2 ** 20),
    requestTotal: String(256 * 2 ** 20),
    limitTotal: String(512 * 2 ** 20),
  };
  return {
    pod: of,
    cpu,
    memory,
    containers: [{ container: 'app', cpuUsage: cpu, memoryUsage: memory }],
  };
}

export function cell(fields: Partial<Cell> & Pick<Cell, 'cluster' | 'plural'>): Cell {
  return {
    namespace: 'shop',
    group: '',
    apiVersion: 'v1',
    status: 'OK',
    httpStatus: 200,
    reason: '',
    message: '',
    count: 0,
    truncated: false,
    durationMillis: 12,
    ...fields,
  };
}

export function forbidden(cluster: string, namespace: string, group: string, plural: string): Cell {
  const name = group === '' ? plural : `${plural}.${group}`;
  const where = namespace === '' ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  return cell({
    cluster,
    namespace,
    group,
    plural,
    status: 'FORBIDDEN',
    httpStatus: 403,
    reason: 'Forbidden',
    message: `${name} is forbidden: User "system:serviceaccount:backstage-ns:backstage-sa" cannot list resource "${plural}" in API group "${group}" ${where}`,
  });
}

export function clusterObjects(
  name: string,
  resources: Record<string, KubeObject[]>,
  podMetrics: PodMetrics[] = [],
): ClusterObjects {
  return {
    cluster: { name },
    resources: Object.entries(resources).map(([type, objects]) => ({ type, resources: objects })),
    podMetrics,
    errors: [],
  };
}

export function answer(items: ClusterObjects[], cells: Cell[] = []): LookupAnswer {
  const complete = cells.every(({ status }) => status === 'OK' || status === 'NOT_SERVED');
  const matrix = { entity: 'component:default/order-service', complete, cells, problems: [] };
  return { matrix, backstage: { items } };
}
