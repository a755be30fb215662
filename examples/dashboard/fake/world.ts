import type { Cell, Cluster, ClusterObjects, Entity, LookupAnswer } from '../src/api/types';
import * as make from './objects.ts';

/** A few entities that show what can happen; the entity chooses the story. */

export const CLUSTERS: Cluster[] = [
  {
    name: 'prod-eu',
    title: 'Production EU',
    dashboardUrl: 'https://console.example.com/prod-eu',
    authProvider: 'serviceAccount',
  },
  { name: 'prod-us', authProvider: 'serviceAccount' },
  { name: 'partner', authProvider: 'oidc', oidcTokenProvider: 'okta' },
];

function entity(name: string, fields: Partial<Entity> = {}): Entity {
  return {
    ref: `component:default/${name}`,
    kind: 'Component',
    namespace: 'default',
    name,
    type: 'service',
    lifecycle: 'production',
    owner: 'team-orders',
    ...fields,
  };
}

export const ENTITIES: Entity[] = [
  entity('order-service', {
    title: 'Order service',
    system: 'shop',
  }),
  entity('big-service', { owner: 'team-scale' }),
  entity('forbidden-service'),
  entity('hostile-service', { title: 'Says \u202eeverything\u202c that \u0007could break a page' }),
  entity('quiet-service', {
    lifecycle: 'experimental',
  }),
  ...Array.from({ length: 40 }, (_, index) =>
    entity(`library-${index + 1}`, { type: 'library', owner: 'team-platform' }),
  ),
];

const TYPES: [group: string, plural: string][] = [
  ['', 'pods'],
  ['', 'services'],
  ['', 'configmaps'],
  ['', 'limitranges'],
  ['', 'resourcequotas'],
  ['apps', 'deployments'],
  ['apps', 'replicasets'],
  ['apps', 'statefulsets'],
  ['apps', 'daemonsets'],
  ['batch', 'jobs'],
  ['batch', 'cronjobs'],
  ['networking.k8s.io', 'ingresses'],
  ['autoscaling', 'horizontalpodautoscalers'],
];

function cells(cluster: string, namespace: string): Cell[] {
  return TYPES.map(([group, plural]) => make.cell({ cluster, namespace, group, plural, count: 1 }));
}

/** Metrics of pods are a list of their own, in each namespace that has pods. */
function metricsCell(
  cluster: string,
  namespace: string,
  status: 'OK' | 'FORBIDDEN' | 'NOT_SERVED' = 'OK',
): Cell {
  const apiVersion = 'v1beta1';
  const group = 'metrics.k8s.io';
  if (status === 'FORBIDDEN') {
    return { ...make.forbidden(cluster, namespace, group, 'pods'), apiVersion };
  }
  const httpStatus = status === 'OK' ? 200 : 404;
  const type = { group, apiVersion, plural: 'pods' };
  return make.cell({ cluster, namespace, ...type, status, httpStatus });
}

function orderService(now: number): LookupAnswer {
  const order = make.deployment('order-service', 4, 2, 'shop', now);
  const mail = make.deployment('order-mail', 1, 0, 'shop', now);
  const set = make.replicaSet(order, '7d9f8c6b5', 4, now);
  const mailSet = make.replicaSet(mail, '5c8d7f9b4', 1, now);
  const nightly = make.object(
    'order-report',
    { spec: { schedule: '0 3 * * *' }, status: { active: [] } },
    'shop',
    90_000,
    now,
  );
  const job = make.object(
    'order-report-29451',
    {
      metadata: {
        ownerReferences: [
          {
            kind: 'CronJob',
            name: 'order-report',
            uid: nightly.metadata?.uid ?? '',
            controller: true,
          },
        ],
      },
      status: { conditions: [{ type: 'Complete', status: 'True' }] },
    },
    'shop',
    540,
    now,
  );
  const pods = [
    make.pod({ name: 'order-service-7d9f8c6b5-4xk2p', owner: set }, now),
    make.pod({ name: 'order-service-7d9f8c6b5-9rj7w', owner: set }, now),
    make.pod(
      { name: 'order-service-7d9f8c6b5-b5hqz', owner: set, status: make.crashingStatus(now) },
      now,
    ),
    make.pod(
      {
        name: 'order-service-7d9f8c6b5-tt8vn',
        owner: set,
        minutes: 12,
        status: make.pendingStatus(),
      },
      now,
    ),
    make.pod(
      { name: 'order-mail-5c8d7f9b4-x2m6k', owner: mailSet, status: make.imagePullStatus() },
      now,
    ),
    make.pod(
      {
        name: 'order-report-29451-dd5gz',
        owner: job,
        ownerKind: 'Job',
        minutes: 540,
        status: { phase: 'Succeeded' },
      },
      now,
    ),
    make.pod({ name: 'order-debug', minutes: 30 }, now),
  ];
  const wave = (Math.sin(now / 40_000) + 1) / 2;
  const eu: ClusterObjects = make.clusterObjects(
    'prod-eu',
    {
      pods,
      deployments: [order, mail],
      replicasets: [set, mailSet, make.replicaSet(order, '66b4c8d97', 0, now)],
      cronjobs: [nightly],
      jobs: [job],
      services: [
        make.object(
          'order-service',
          { spec: { type: 'ClusterIP', ports: [{ port: 80, protocol: 'TCP' }, { port: 9090 }] } },
          'shop',
          90_000,
          now,
        ),
      ],
      ingresses: [
        make.object(
          'order-service',
          { spec: { rules: [{ host: 'orders.example.com' }] } },
          'shop',
          90_000,
          now,
        ),
      ],
      configmaps: [
        make.object(
          'order-config',
          { data: { 'application.yaml': 'server:\n  port: 8080\n', LOG_LEVEL: 'info' } },
          'shop',
          90_000,
          now,
        ),
      ],
      horizontalpodautoscalers: [
        make.object(
          'order-service',
          {
            spec: { minReplicas: 2, maxReplicas: 4 },
            status: {
              currentReplicas: 4,
              conditions: [
                {
                  type: 'ScalingLimited',
                  status: 'True',
                  reason: 'TooManyReplicas',
                  message: 'the desired replica count is more than the maximum replica count',
                },
              ],
            },
          },
          'shop',
          90_000,
          now,
        ),
      ],
      resourcequotas: [
        make.object(
          'team-quota',
          {
            status: {
              hard: { 'requests.cpu': '20', pods: '50' },
              used: { 'requests.cpu': '11500m', pods: '23' },
            },
          },
          'shop',
          90_000,
          now,
        ),
      ],
      customresources: [
        make.object(
          'order-tls',
          {
            apiVersion: 'cert-manager.io/v1',
            kind: 'Certificate',
            status: { conditions: [{ type: 'Ready', status: 'True', reason: 'Ready' }] },
          },
          'shop',
          90_000,
          now,
        ),
      ],
    },
    pods
      .slice(0, 3)
      .map((pod, index) =>
        make.metrics(pod, 0.12 + 0.3 * index * wave, 210 + 120 * index + 20 * wave),
      ),
  );
  const us = make.deployment('order-service', 2, 2, 'shop', now);
  const usSet = make.replicaSet(us, '7d9f8c6b5', 2, now);
  const usPods = ['c4n8s', 'kk2zd'].map((suffix) =>
    make.pod({ name: `order-service-7d9f8c6b5-${suffix}`, owner: usSet }, now),
  );
  const jobsForbidden = cells('prod-us', 'shop').map((cell) =>
    cell.group === 'batch' ? make.forbidden('prod-us', 'shop', 'batch', cell.plural) : cell,
  );
  const result = make.answer(
    [eu, make.clusterObjects('prod-us', { pods: usPods, deployments: [us], replicasets: [usSet] })],
    [
      ...cells('prod-eu', 'shop'),
      metricsCell('prod-eu', 'shop'),
      ...jobsForbidden,
      metricsCell('prod-us', 'shop', 'FORBIDDEN'),
      ...cells('prod-us', 'shop-canary'),
      ...cells('partner', 'shop').map((cell): Cell => ({
        ...cell,
        status: 'CREDENTIAL',
        httpStatus: 0,
        count: 0,
        message: "Cluster 'partner' wants auth.oidc.okta",
      })),
      make.cell({
        cluster: 'prod-us',
        group: 'argoproj.io',
        plural: 'rollouts',
        status: 'NOT_SERVED',
        httpStatus: 404,
      }),
    ],
  );
  result.matrix.problems = [
    {
      severity: 'WARNING',
      source: 'clusters.config',
      message: "Cluster 'staging' was left out: its CA file cannot be read",
    },
  ];
  return result;
}

function bigService(now: number): LookupAnswer {
  const item = (cluster: string): ClusterObjects => {
    const sets = Array.from({ length: 20 }, (_, index) =>
      make.deployment(`shard-${index + 1}`, 50, 50, `scale-${(index % 4) + 1}`, now),
    );
    const replicaSets = sets.map((one) => make.replicaSet(one, 'abc', 50, now));
    const pods = replicaSets.flatMap((set, index) =>
      Array.from({ length: 50 }, (_, at) =>
        make.pod(
          {
            name: `${set.metadata?.name}-${String(at).padStart(3, '0')}`,
            namespace: set.metadata?.namespace ?? '',
            owner: set,
            minutes: 5000 + at,
            ...(index === 7 && at === 3 ? { status: make.crashingStatus(now) } : {}),
          },
          now,
        ),
      ),
    );
    return make.clusterObjects(
      cluster,
      { deployments: sets, replicasets: replicaSets, pods },
      pods.map((pod, index) =>
        make.metrics(pod, 0.05 + ((now / 1000 + index) % 60) / 100, 100 + (index % 300)),
      ),
    );
  };
  return make.answer(
    [item('prod-eu'), item('prod-us')],
    ['prod-eu', 'prod-us'].flatMap((cluster) =>
      [1, 2, 3, 4].flatMap((index) => [
        ...cells(cluster, `scale-${index}`),
        metricsCell(cluster, `scale-${index}`),
      ]),
    ),
  );
}

function forbiddenService(): LookupAnswer {
  const all = Array.from({ length: 24 }, (_, index) => `team-${index + 1}`).flatMap((namespace) =>
    TYPES.map(([group, plural]) => make.forbidden('prod-eu', namespace, group, plural)),
  );
  return make.answer(
    [make.clusterObjects('prod-eu', {})],
    [
      ...all,
      ...cells('prod-us', 'shop').map((cell): Cell => ({
        ...cell,
        status: 'TIMEOUT',
        httpStatus: 0,
        count: 0,
        message: 'no answer within 10s',
      })),
    ],
  );
}

function hostileService(now: number): LookupAnswer {
  const evil = '<img src=x onerror=alert(1)>\u202egnp.exe\u202c \u0000\u0007\u001b[31m"; drop';
  const pods = [
    make.pod(
      {
        name: 'hostile-1',
        labels: { app: evil, long: 'x'.repeat(20_000) },
        status: { phase: 'Failed', reason: evil, message: evil + 'A'.repeat(200_000) },
      },
      now,
    ),
    make.pod({ name: 'n'.repeat(253), status: { phase: 'Bogus' } }, now),
  ];
  const result = make.answer(
    [
      make.clusterObjects('prod-eu', {
        pods,
        configmaps: [make.object('huge', { data: { line: 'z'.repeat(500_000), evil } })],
      }),
    ],
    [
      ...cells('prod-eu', 'shop'),
      metricsCell('prod-eu', 'shop', 'NOT_SERVED'),
      make.cell({
        cluster: 'prod-us',
        plural: 'pods',
        status: 'INVALID_RESPONSE',
        message: evil.repeat(2000),
      }),
    ],
  );
  result.matrix.problems = [{ severity: 'ERROR', source: evil, message: evil }];
  return result;
}

export function lookUp(ref: string, now: number): LookupAnswer | undefined {
  switch (ref.split('/')[1]) {
    case 'order-service':
      return orderService(now);
    case 'big-service':
      return bigService(now);
    case 'forbidden-service':
      return forbiddenService();
    case 'hostile-service':
      return hostileService(now);
    default:
      return ENTITIES.some((one) => one.ref === ref)
        ? make.answer(
            [make.clusterObjects('prod-eu', {})],
            [...cells('prod-eu', 'shop'), ...cells('prod-us', 'shop')],
          )
        : undefined;
  }
}
