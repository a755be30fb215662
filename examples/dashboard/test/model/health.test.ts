import { describe, expect, it } from 'vitest';
import * as make from '../../fake/objects';
import type { ContainerStatus, KubeObject, Pod } from '../../src/api/types';
import { summarizePod } from '../../src/model/podHealth';
import { objectVerdict } from '../../src/model/workloadHealth';

const NOW = make.NOW;

function podWith(status: Pod['status'], options: Partial<make.PodOptions> = {}): Pod {
  return make.pod({ name: 'p', status, ...options });
}

function healthOf(pod: Pod): [string, string] {
  const { health, reason } = summarizePod(pod, NOW).verdict;
  return [health, reason];
}

function running(container: Partial<ContainerStatus>): Pod {
  const status = make.runningStatus();
  return podWith({
    ...status,
    containerStatuses: [
      { name: 'app', ready: true, restartCount: 0, state: { running: {} }, ...container },
    ],
  });
}

describe('the health of a pod', () => {
  it('is healthy if it runs and is ready', () => {
    expect(healthOf(podWith(make.runningStatus()))).toEqual(['healthy', 'Running']);
  });

  it('is failing with the reason why a container waits', () => {
    expect(healthOf(podWith(make.crashingStatus()))).toEqual(['failing', 'CrashLoopBackOff']);
    expect(healthOf(podWith(make.imagePullStatus()))).toEqual(['failing', 'ImagePullBackOff']);
  });

  it('tells what ended a container that is in a crash loop', () => {
    expect(summarizePod(podWith(make.crashingStatus()), NOW).verdict.message).toContain(
      'OOMKilled, exit code 137',
    );
  });

  it('warns of a container that was killed for its memory within the hour', () => {
    const killed = { reason: 'OOMKilled', exitCode: 137, finishedAt: make.ago(NOW, 30) };
    expect(healthOf(running({ lastState: { terminated: killed } }))).toEqual([
      'warning',
      'OOMKilled',
    ]);
  });

  it('does not mind a restart of long ago', () => {
    const killed = { reason: 'OOMKilled', exitCode: 137, finishedAt: make.ago(NOW, 300) };
    expect(healthOf(running({ lastState: { terminated: killed }, restartCount: 3 }))).toEqual([
      'healthy',
      'Running',
    ]);
  });

  it('is failing if a container ended with an error', () => {
    expect(
      healthOf(running({ state: { terminated: { reason: 'Error', exitCode: 1 } }, ready: false })),
    ).toEqual(['failing', 'Error']);
  });

  it('is failing if an init container cannot start', () => {
    const pod = podWith({
      phase: 'Pending',
      initContainerStatuses: [
        { name: 'migrate', state: { waiting: { reason: 'CrashLoopBackOff' } } },
      ],
    });
    expect(summarizePod(pod, NOW).verdict).toMatchObject({
      health: 'failing',
      message: expect.stringContaining('Init container migrate') as string,
    });
  });

  it('is in progress while it is young and not scheduled, and failing once that lasts', () => {
    expect(healthOf(podWith(make.pendingStatus(), { minutes: 1 }))).toEqual([
      'progressing',
      'Unschedulable',
    ]);
    expect(healthOf(podWith(make.pendingStatus(), { minutes: 10 }))).toEqual([
      'failing',
      'Unschedulable',
    ]);
  });

  it('warns if containers have been created for long', () => {
    const creating = {
      phase: 'Pending',
      containerStatuses: [{ name: 'app', state: { waiting: { reason: 'ContainerCreating' } } }],
    };
    expect(healthOf(podWith(creating, { minutes: 2 }))).toEqual(['progressing', 'Pending']);
    expect(healthOf(podWith(creating, { minutes: 9 }))).toEqual(['warning', 'Pending for long']);
  });

  it('warns if it is not ready, and is failing if that lasts', () => {
    const notReady = (minutes: number) =>
      podWith({
        phase: 'Running',
        conditions: [
          { type: 'Ready', status: 'False', lastTransitionTime: make.ago(NOW, minutes) },
        ],
        containerStatuses: [{ name: 'app', ready: false, state: { running: {} } }],
      });
    expect(healthOf(notReady(1))).toEqual(['warning', 'Not ready']);
    expect(healthOf(notReady(20))).toEqual(['failing', 'Not ready']);
  });

  it('is in progress while it is new and not ready yet', () => {
    const pod = podWith(
      {
        phase: 'Running',
        conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: make.ago(NOW, 2) }],
        containerStatuses: [{ name: 'app', ready: false, state: { running: {} } }],
      },
      { minutes: 2 },
    );
    expect(healthOf(pod)).toEqual(['progressing', 'Not ready yet']);
  });

  it('is finished if it succeeded, even after a failed try', () => {
    expect(healthOf(podWith({ phase: 'Succeeded' }))).toEqual(['finished', 'Completed']);
  });

  it('is failing if it was evicted', () => {
    expect(
      healthOf(podWith({ phase: 'Failed', reason: 'Evicted', message: 'low on memory' })),
    ).toEqual(['failing', 'Evicted']);
  });

  it('is unknown if the cluster does not know it, or tells no phase', () => {
    expect(healthOf(podWith({ phase: 'Unknown' }))[0]).toBe('unknown');
    expect(healthOf(podWith({}))[0]).toBe('unknown');
    expect(healthOf(podWith({ phase: 'Running', reason: 'NodeLost' }))).toEqual([
      'unknown',
      'NodeLost',
    ]);
  });

  it('warns if it should have ended long ago', () => {
    const pod = podWith(make.runningStatus());
    const until = (minutes: number): Pod => ({
      ...pod,
      metadata: { ...pod.metadata, deletionTimestamp: make.ago(NOW, minutes) },
    });
    expect(healthOf(until(1))).toEqual(['progressing', 'Terminating']);
    expect(healthOf(until(30))).toEqual(['warning', 'Terminating for long']);
  });

  it('counts sidecars among its containers, and restarts of all', () => {
    const pod = podWith(
      {
        ...make.runningStatus(),
        initContainerStatuses: [
          { name: 'proxy', ready: true, restartCount: 2 },
          { name: 'init', ready: true, restartCount: 1 },
        ],
      },
      {
        spec: {
          containers: [{ name: 'app' }],
          initContainers: [{ name: 'proxy', restartPolicy: 'Always' }, { name: 'init' }],
        },
      },
    );
    expect(summarizePod(pod, NOW)).toMatchObject({
      readyContainers: 2,
      containers: 2,
      restarts: 3,
    });
  });
});

describe('the health of a workload', () => {
  const verdictOf = (type: string, object: KubeObject) => {
    const verdict = objectVerdict(type, object, NOW);
    return verdict && [verdict.health, verdict.reason];
  };

  it('is healthy if all wanted replicas are ready and up to date', () => {
    expect(verdictOf('deployments', make.deployment('a', 3, 3))).toEqual(['healthy', 'Ready']);
  });

  it('warns of some missing replicas, and is failing without any', () => {
    expect(verdictOf('deployments', make.deployment('a', 3, 2))).toEqual([
      'warning',
      '2 of 3 ready',
    ]);
    expect(verdictOf('deployments', make.deployment('a', 3, 0))).toEqual([
      'failing',
      'MinimumReplicasUnavailable',
    ]);
    expect(
      verdictOf('statefulsets', make.object('s', { spec: { replicas: 2 }, status: {} })),
    ).toEqual(['failing', '0 of 2 ready']);
  });

  it('is failing if a rollout got stuck', () => {
    const stuck = make.deployment('a', 3, 3);
    stuck.status = {
      ...stuck.status,
      conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }],
    };
    expect(verdictOf('deployments', stuck)).toEqual(['failing', 'ProgressDeadlineExceeded']);
  });

  it('is in progress while replicas are not up to date', () => {
    const rolling = make.deployment('a', 3, 3);
    rolling.status = { ...rolling.status, updatedReplicas: 1 };
    expect(verdictOf('deployments', rolling)).toEqual(['progressing', '1 of 3 updated']);
  });

  it('is finished if it is scaled to nothing', () => {
    expect(verdictOf('deployments', make.deployment('a', 0, 0))).toEqual([
      'finished',
      'Scaled to 0',
    ]);
  });

  const rollout = (progressing: object | undefined, minutes: number) => {
    const object = make.deployment('a', 3, 0);
    const available = {
      type: 'Available',
      status: 'False',
      reason: 'MinimumReplicasUnavailable',
      lastTransitionTime: make.ago(NOW, minutes),
    };
    const conditions = progressing === undefined ? [available] : [available, progressing];
    object.status = { ...object.status, conditions };
    return verdictOf('deployments', object);
  };

  it('is in progress while a first rollout goes on', () => {
    const updating = { type: 'Progressing', status: 'True', reason: 'ReplicaSetUpdated' };
    expect(rollout(updating, 8)).toEqual(['progressing', '0 of 3 ready']);
  });

  it('is failing at once if a rollout missed its deadline, or nothing is left of one that went well', () => {
    const missed = { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' };
    const done = { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable' };
    expect(rollout(missed, 0)).toEqual(['failing', 'ProgressDeadlineExceeded']);
    expect(rollout(done, 0)).toEqual(['failing', 'MinimumReplicasUnavailable']);
  });

  it('is failing after a while if a deployment without a deadline has nothing available', () => {
    expect(rollout(undefined, 2)).toEqual(['progressing', '0 of 3 ready']);
    expect(rollout(undefined, 9)).toEqual(['failing', 'MinimumReplicasUnavailable']);
  });

  it('is in progress while stateful sets and daemon sets are new', () => {
    const set = (minutes: number) =>
      verdictOf(
        'statefulsets',
        make.object('s', { spec: { replicas: 2 }, status: {} }, 'shop', minutes),
      );
    const daemons = (minutes: number) =>
      verdictOf(
        'daemonsets',
        make.object(
          'd',
          { status: { desiredNumberScheduled: 3, numberReady: 1, updatedNumberScheduled: 3 } },
          'shop',
          minutes,
        ),
      );
    expect([set(2), set(9)]).toEqual([
      ['progressing', '0 of 2 ready'],
      ['failing', '0 of 2 ready'],
    ]);
    expect([daemons(2), daemons(9)]).toEqual([
      ['progressing', '1 of 3 ready'],
      ['warning', '1 of 3 ready'],
    ]);
  });

  it('is not that of an older generation', () => {
    const stuck = make.deployment('a', 3, 3);
    stuck.metadata = { ...stuck.metadata, generation: 5 };
    stuck.status = {
      observedGeneration: 4,
      conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }],
    };
    expect(verdictOf('deployments', stuck)).toEqual(['progressing', 'Not observed yet']);
  });

  it('tells a paused deployment that waits with changes from one that has none', () => {
    const paused = (updatedReplicas: number) => {
      const object = make.deployment('a', 3, 3);
      object.spec = { ...object.spec, paused: true };
      object.status = { ...object.status, updatedReplicas };
      return verdictOf('deployments', object);
    };
    expect([paused(0), paused(3)]).toEqual([
      ['warning', 'Paused'],
      ['healthy', 'Paused'],
    ]);
  });

  describe('of a stateful set', () => {
    const set = (spec: object, status: object) =>
      verdictOf(
        'statefulsets',
        make.object('s', {
          spec: { replicas: 5, ...spec },
          status: { readyReplicas: 5, ...status },
        }),
      );
    const partition = { updateStrategy: { rollingUpdate: { partition: 3 } } };

    it('is healthy once all above its partition are up to date', () => {
      expect(set(partition, { updatedReplicas: 1 })).toEqual(['progressing', '1 of 2 updated']);
      expect(set(partition, { updatedReplicas: 2 })).toEqual(['healthy', 'Ready']);
    });

    it('does not mind old replicas that are updated on delete', () => {
      expect(set({ updateStrategy: { type: 'OnDelete' } }, { updatedReplicas: 0 })).toEqual([
        'healthy',
        'Ready',
      ]);
    });

    it('is in progress while an update takes one after the other', () => {
      const revisions = { currentRevision: 'a', updateRevision: 'b' };
      expect(set({}, { readyReplicas: 4, updatedReplicas: 2, ...revisions })).toEqual([
        'progressing',
        '4 of 5 ready',
      ]);
    });
  });

  it('tells a daemon set that nobody looked at from one that no node wants', () => {
    expect(verdictOf('daemonsets', make.object('d'))).toEqual(['progressing', 'Not observed yet']);
    expect(
      verdictOf('daemonsets', make.object('d', { status: { desiredNumberScheduled: 0 } })),
    ).toEqual(['finished', 'No node wants it']);
  });

  it('counts the nodes of a daemon set', () => {
    const status = { desiredNumberScheduled: 5, numberReady: 4, updatedNumberScheduled: 5 };
    expect(verdictOf('daemonsets', make.object('d', { status }))).toEqual([
      'warning',
      '4 of 5 ready',
    ]);
  });

  it('is that of the conditions of a job', () => {
    const job = (status: Record<string, unknown>) =>
      verdictOf('jobs', make.object('j', { status }));
    expect(
      job({ conditions: [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded' }] }),
    ).toEqual(['failing', 'BackoffLimitExceeded']);
    expect(job({ conditions: [{ type: 'Complete', status: 'True' }] })).toEqual([
      'finished',
      'Completed',
    ]);
    expect(job({ failed: 2, active: 1 })).toEqual(['warning', '2 failed']);
  });

  it('is that of the condition Ready of a custom resource', () => {
    const custom = (status: string) =>
      verdictOf(
        'customresources',
        make.object('c', { status: { conditions: [{ type: 'Ready', status, reason: 'R' }] } }),
      );
    expect([custom('True'), custom('False'), custom('Unknown')]).toEqual([
      ['healthy', 'R'],
      ['warning', 'R'],
      ['unknown', 'R'],
    ]);
  });

  it('is none for what is neither well nor ill', () => {
    expect(verdictOf('configmaps', make.object('c', { data: {} }))).toBeUndefined();
  });
});
