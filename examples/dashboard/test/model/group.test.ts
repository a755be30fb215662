import { describe, expect, it } from 'vitest';
import * as make from '../../fake/objects';
import type { KubeObject } from '../../src/api/types';
import { applyFilter, totalsOf } from '../../src/model/filter';
import { group } from '../../src/model/group';
import { rowsOf } from '../../src/model/rows';

const NONE = { query: '', namespaces: [], clusters: [], healths: [] } as const;

function shop() {
  const order = make.deployment('order', 2, 1);
  const set = make.replicaSet(order, 'abc', 2);
  const well = make.deployment('a-well', 1, 1);
  const wellSet = make.replicaSet(well, 'def', 1);
  const pods = [
    make.pod({ name: 'order-abc-1', owner: set }),
    make.pod({ name: 'order-abc-2', owner: set, status: make.crashingStatus() }),
    make.pod({ name: 'well-def-1', owner: wellSet, labels: { tier: 'gold' } }),
    make.pod({ name: 'loose' }),
  ];
  return make.clusterObjects(
    'prod',
    {
      pods,
      deployments: [well, order],
      replicasets: [set, wellSet],
      services: [make.object('order')],
    },
    [make.metrics(pods[0]!, 0.5, 100)],
  );
}

describe('grouping', () => {
  it('puts pods below the deployment that owns their replica set', () => {
    const [cluster] = group(make.answer([shop()]), make.NOW);
    const workloads = cluster?.namespaces[0]?.workloads.map(({ name, pods }) => [
      name,
      pods.map((pod) => pod.name),
    ]);
    expect(workloads).toEqual([
      ['order', ['order-abc-2', 'order-abc-1']],
      ['', ['loose']],
      ['a-well', ['well-def-1']],
    ]);
  });

  it('takes the replica set for the owner if the deployment could not be read', () => {
    const set = make.replicaSet(make.deployment('order', 1, 1), 'abc', 1);
    const items = [
      make.clusterObjects('prod', {
        pods: [make.pod({ name: 'p', owner: set })],
        replicasets: [set],
      }),
    ];
    expect(group(make.answer(items), make.NOW)[0]?.namespaces[0]?.workloads[0]).toMatchObject({
      type: 'replicasets',
      name: 'order-abc',
    });
  });

  it('puts pods of a job of a cron job below the cron job', () => {
    const cron = make.object('nightly');
    const job = make.object('nightly-1', {
      metadata: { ownerReferences: [{ kind: 'CronJob', uid: cron.metadata?.uid ?? '' }] },
    });
    const pod = make.pod({
      name: 'p',
      owner: job,
      ownerKind: 'Job',
      status: { phase: 'Succeeded' },
    });
    const items = [make.clusterObjects('prod', { pods: [pod], jobs: [job], cronjobs: [cron] })];
    const workloads = group(make.answer(items), make.NOW)[0]?.namespaces[0]?.workloads;
    expect(workloads?.map(({ type, pods }) => [type, pods.length])).toEqual([['cronjobs', 1]]);
  });

  it('takes a type that comes once for each namespace, and an object that comes twice once', () => {
    const pod = make.pod({ name: 'p' });
    const item = make.clusterObjects('prod', { pods: [pod] });
    item.resources.push({
      type: 'pods',
      resources: [pod, make.pod({ name: 'q', namespace: 'other' })],
    });
    const [cluster] = group(make.answer([item]), make.NOW);
    expect(cluster?.namespaces.map(({ namespace }) => namespace)).toEqual(['other', 'shop']);
    expect(totalsOf([cluster!]).pods).toBe(2);
  });

  it('looks for owners in the namespace of what they own, whoever else has their uid', () => {
    const inNamespace = (namespace: string) => {
      const order = make.deployment(`shop-of-${namespace}`, 1, 1);
      const pod = make.pod({ name: `order-${namespace}`, owner: order });
      for (const object of [order, pod]) {
        Object.assign(object.metadata ?? {}, { namespace });
      }
      Object.assign(order.metadata ?? {}, { uid: 'same' });
      Object.assign(pod.metadata?.ownerReferences?.[0] ?? {}, { uid: 'same' });
      return { pods: [pod], deployments: [order] };
    };
    const { pods, deployments } = inNamespace('dev');
    const prod = inNamespace('prod');
    const both = {
      pods: [...pods, ...prod.pods],
      deployments: [...deployments, ...prod.deployments],
    };
    const [cluster] = group(make.answer([make.clusterObjects('shop', both)]), make.NOW);
    const found = cluster?.namespaces.map(({ namespace, workloads }) => [
      namespace,
      workloads.map((one) => [one.name, one.pods.map(({ name }) => name)]),
    ]);
    expect(found).toEqual([
      ['dev', [['shop-of-dev', ['order-dev']]]],
      ['prod', [['shop-of-prod', ['order-prod']]]],
    ]);
  });

  it('shows clusters and namespaces of which nothing could be read', () => {
    const answer = make.answer([], [make.forbidden('secret', 'hidden', '', 'pods')]);
    const [cluster] = group(answer, make.NOW);
    expect([cluster?.name, cluster?.namespaces[0]?.namespace]).toEqual(['secret', 'hidden']);
  });

  it('puts clusters with problems first', () => {
    const answer = make.answer([
      make.clusterObjects('a', { pods: [make.pod({ name: 'p' })] }),
      shop(),
    ]);
    expect(group(answer, make.NOW).map(({ name }) => name)).toEqual(['prod', 'a']);
  });

  it('joins metrics by namespace and name', () => {
    const pods = group(make.answer([shop()]), make.NOW)[0]!.namespaces[0]!.workloads[0]!.pods;
    expect(pods.map(({ load }) => load?.cpu)).toEqual([
      undefined,
      { used: 0.5, request: 0.25, limit: 1 },
    ]);
  });
});

describe('pods that ended', () => {
  const evicted = { phase: 'Failed', reason: 'Evicted', message: 'low on memory' };
  const grouped = (resources: Record<string, KubeObject[]>) =>
    group(make.answer([make.clusterObjects('prod', resources)]), make.NOW);

  it('are old ones of a deployment: shown, but neither missing nor a problem', () => {
    const order = make.deployment('order', 1, 1);
    const set = make.replicaSet(order, 'abc', 1);
    const clusters = grouped({
      deployments: [order],
      replicasets: [set],
      pods: [
        make.pod({ name: 'old', owner: set, status: evicted }),
        make.pod({ name: 'new', owner: set }),
      ],
    });
    expect(totalsOf(clusters)).toMatchObject({
      pods: 2,
      readyPods: 1,
      endedPods: 1,
      finishedPods: 0,
      problems: 0,
    });
    const [workload] = clusters[0]!.namespaces[0]!.workloads;
    expect(workload?.verdict.health).toBe('healthy');
    expect(workload?.pods.map(({ name, ended }) => [name, ended])).toEqual([
      ['new', false],
      ['old', true],
    ]);
    expect(workload?.pods[1]?.summary.verdict).toMatchObject({ reason: 'Evicted' });
  });

  it.each(['StatefulSet', 'DaemonSet', 'ReplicaSet'])(
    'are old ones of a %s also if that could not be read',
    (ownerKind) => {
      const owner = make.object('owner');
      const pods = [make.pod({ name: 'p', owner, ownerKind, status: evicted })];
      expect(totalsOf(grouped({ pods }))).toMatchObject({ endedPods: 1, problems: 0 });
    },
  );

  it('are problems if nothing takes their place', () => {
    const pods = [make.pod({ name: 'p', status: evicted })];
    expect(totalsOf(grouped({ pods }))).toMatchObject({ endedPods: 0, problems: 1 });
  });

  const failed = {
    phase: 'Failed',
    containerStatuses: [{ name: 'app', state: { terminated: { reason: 'Error', exitCode: 1 } } }],
  };
  const nightly = (job: Partial<KubeObject>) => {
    const cron = make.object('nightly');
    const owner = { kind: 'CronJob', uid: cron.metadata?.uid ?? '', controller: true };
    const one = make.object('nightly-1', { ...job, metadata: { ownerReferences: [owner] } });
    const try1 = make.pod({ name: 'try-1', owner: one, ownerKind: 'Job', status: failed });
    const try2 = make.pod({
      name: 'try-2',
      owner: one,
      ownerKind: 'Job',
      status: { phase: 'Succeeded' },
    });
    return grouped({ cronjobs: [cron], jobs: [one], pods: [try1, try2] });
  };

  it.each([
    ['completed', { status: { failed: 1, conditions: [{ type: 'Complete', status: 'True' }] } }],
    ['was suspended', { spec: { suspend: true }, status: { failed: 1 } }],
  ])('are first tries of a job that %s', (_, job) => {
    const clusters = nightly(job);
    expect(totalsOf(clusters)).toMatchObject({ endedPods: 1, finishedPods: 1, problems: 0 });
    expect(clusters[0]?.namespaces[0]?.workloads[0]?.verdict).toMatchObject({
      health: 'healthy',
      reason: 'Scheduled',
    });
  });

  it('tell why a job failed, which counts once', () => {
    const clusters = nightly({
      status: { conditions: [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded' }] },
    });
    expect(totalsOf(clusters)).toMatchObject({ endedPods: 0, problems: 1 });
    expect(clusters[0]?.namespaces[0]?.workloads[0]?.verdict.reason).toBe('Error');
  });
});

describe('problems', () => {
  const count = (resources: Record<string, KubeObject[]>) =>
    totalsOf(group(make.answer([make.clusterObjects('prod', resources)]), make.NOW)).problems;
  const unready = (owner: KubeObject): KubeObject => {
    const set = make.replicaSet(owner, 'abc', 2);
    return { ...set, status: { readyReplicas: 0 } };
  };

  it('are those of the pods, not again those of the replica set between', () => {
    const order = make.deployment('order', 2, 0);
    const set = unready(order);
    const pods = ['a', 'b'].map((name) =>
      make.pod({ name, owner: set, status: make.crashingStatus() }),
    );
    expect(count({ deployments: [order], replicasets: [set], pods })).toBe(2);
  });

  it('are one of a deployment and its replica set without pods', () => {
    const order = make.deployment('order', 2, 0);
    expect(count({ deployments: [order], replicasets: [unready(order)] })).toBe(1);
  });

  it('are those of a replica set that is nobody’s', () => {
    expect(count({ replicasets: [unready(make.deployment('order', 2, 0))] })).toBe(1);
  });

  it('are those of a failed job whose pods are gone', () => {
    const cron = make.object('nightly');
    const job = make.object('nightly-1', {
      metadata: { ownerReferences: [{ kind: 'CronJob', uid: cron.metadata?.uid ?? '' }] },
      status: { conditions: [{ type: 'Failed', status: 'True' }] },
    });
    expect(count({ cronjobs: [cron], jobs: [job] })).toBe(1);
  });
});

describe('filters', () => {
  const all = group(make.answer([shop()]), make.NOW);
  const pods = (filter: Partial<Parameters<typeof applyFilter>[1]>) =>
    applyFilter(all, { ...NONE, ...filter }).flatMap(({ namespaces }) =>
      namespaces.flatMap(({ workloads }) =>
        workloads.flatMap((one) => one.pods.map(({ name }) => name)),
      ),
    );

  it('find pods by name and by label', () => {
    expect(pods({ query: 'ABC-1' })).toEqual(['order-abc-1']);
    expect(pods({ query: 'tier=gold' })).toEqual(['well-def-1']);
  });

  it('keep all pods of a workload whose name matches', () => {
    expect(pods({ query: 'order' })).toEqual(
      expect.arrayContaining(['order-abc-1', 'order-abc-2']),
    );
  });

  it('keep the health, namespaces and clusters that were asked for', () => {
    expect(pods({ healths: ['failing'] })).toEqual(['order-abc-2']);
    expect(pods({ namespaces: ['other'] })).toEqual([]);
    expect(pods({ clusters: ['prod'] })).toHaveLength(4);
  });

  it('count pods that are ready, and problems once', () => {
    expect(totalsOf(all)).toMatchObject({ pods: 4, readyPods: 3, problems: 1, workloads: 2 });
  });
});

describe('totals', () => {
  it('count a workload without pods and other objects that are ill, and tell of which health', () => {
    const scaler = make.object('scaler', {
      status: { conditions: [{ type: 'AbleToScale', status: 'False', reason: 'FailedGetScale' }] },
    });
    const item = make.clusterObjects('prod', {
      pods: [make.pod({ name: 'p' }), make.pod({ name: 'q', status: make.crashingStatus() })],
      deployments: [make.deployment('without-pods', 2, 0)],
      horizontalpodautoscalers: [scaler],
      configmaps: [make.object('a')],
    });
    const totals = totalsOf(group(make.answer([item]), make.NOW));
    expect(totals).toMatchObject({ pods: 2, problems: 3, others: 2 });
    expect(totals.byHealth).toMatchObject({ failing: 2, warning: 1, healthy: 1 });
  });
});

describe('rows', () => {
  it('tell an empty namespace from one that could not be read', () => {
    const answer = make.answer(
      [],
      [
        make.cell({ cluster: 'a', plural: 'pods', namespace: 'empty' }),
        make.forbidden('a', 'secret', '', 'pods'),
      ],
    );
    const rows = rowsOf(group(answer, make.NOW), new Map(), false);
    const notes = rows.flatMap((row) => (row.type === 'namespace' ? [row.note] : []));
    expect(notes).toEqual([
      {
        bad: false,
        text: 'Nothing here: all 1 types were read, and none has an object of this entity.',
      },
      { bad: true, text: '1 of 1 types could not be read in full (FORBIDDEN): pods' },
    ]);
  });

  it('have keys of their own', () => {
    const keys = rowsOf(
      group(make.answer([shop()]), make.NOW),
      new Map([['others prod/shop', true]]),
      false,
    ).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
