import { isFields, textOf } from '../api/shape';
import type { Condition, KubeObject } from '../api/types';
import { type Verdict, verdict } from './health';
import { PENDING_FOR_LONG, condition, since } from './podHealth';

export interface Replicas {
  wanted: number;
  ready: number;
  /** How many are of the newest template; undefined if that does not matter. */
  upToDate: number | undefined;
  /** How many should be. */
  toUpdate: number;
}

type Numbers = Record<string, unknown>;

function numberAt(fields: Numbers | undefined, name: string): number | undefined {
  const value = fields?.[name];
  return typeof value === 'number' ? value : undefined;
}

const CONDITION_FIELDS = ['type', 'status', 'reason', 'message', 'lastTransitionTime'] as const;

function toCondition(told: Record<string, unknown>): Condition {
  const found: Condition = {};
  for (const field of CONDITION_FIELDS) {
    const text = textOf(told[field]);
    if (text !== undefined) {
      found[field] = text;
    }
  }
  return found;
}

export function conditionsOf(object: KubeObject): Condition[] {
  const conditions: unknown = object.status?.conditions;
  return Array.isArray(conditions) ? conditions.filter(isFields).map(toCondition) : [];
}

interface Update {
  type?: unknown;
  partition: number;
}

function updateOf(spec: KubeObject['spec']): Update {
  const strategy = isFields(spec?.updateStrategy) ? spec.updateStrategy : {};
  const rolling = isFields(strategy.rollingUpdate) ? strategy.rollingUpdate : {};
  return { type: strategy.type, partition: numberAt(rolling, 'partition') ?? 0 };
}

/** Replicas of a workload; undefined for types that have none. */
export function replicasOf(type: string, { spec, status }: KubeObject): Replicas | undefined {
  const replicas = numberAt(spec, 'replicas') ?? 1;
  const ready = numberAt(status, 'readyReplicas') ?? 0;
  const update = updateOf(spec);
  // Whoever updates on delete leaves old ones alone, which is as wanted.
  const updated = (field: string) =>
    update.type === 'OnDelete' ? undefined : (numberAt(status, field) ?? 0);
  switch (type) {
    case 'deployments':
      return {
        wanted: replicas,
        ready,
        upToDate: numberAt(status, 'updatedReplicas') ?? 0,
        toUpdate: replicas,
      };
    case 'statefulsets':
      return {
        wanted: replicas,
        ready,
        upToDate: updated('updatedReplicas'),
        toUpdate: Math.max(0, replicas - update.partition),
      };
    case 'replicasets':
    case 'replicationcontrollers':
      return { wanted: replicas, ready, upToDate: undefined, toUpdate: replicas };
    case 'daemonsets': {
      const wanted = numberAt(status, 'desiredNumberScheduled') ?? 0;
      return {
        wanted,
        ready: numberAt(status, 'numberReady') ?? 0,
        upToDate: updated('updatedNumberScheduled'),
        toUpdate: wanted,
      };
    }
    default:
      return undefined;
  }
}

/** The newest rollout is not looked at by its controller yet, so its status is of an older one. */
function notObserved({ metadata, status }: KubeObject): boolean {
  const observed = numberAt(status, 'observedGeneration') ?? 0;
  return metadata?.generation !== undefined && observed < metadata.generation;
}

/** What lasts no longer than this may be slow. */
function isRecent(time: string | undefined, now: number): boolean {
  return time !== undefined && since(time, now) <= PENDING_FOR_LONG;
}

function isBehind({ upToDate, toUpdate }: Replicas): boolean {
  return upToDate !== undefined && upToDate < toUpdate;
}

/** Reasons of the condition Progressing while a rollout goes on; another is that it went well. */
const ROLLING = new Set(['ReplicaSetUpdated', 'NewReplicaSetCreated', 'FoundNewReplicaSet']);

function deploymentVerdict(object: KubeObject, replicas: Replicas, now: number): Verdict {
  const conditions = conditionsOf(object);
  const progressing = condition(conditions, 'Progressing');
  if (progressing?.status === 'False') {
    return verdict('failing', progressing.reason ?? 'Not progressing', progressing.message);
  }
  const failure = condition(conditions, 'ReplicaFailure');
  if (failure?.status === 'True') {
    return verdict('failing', failure.reason ?? 'ReplicaFailure', failure.message);
  }
  const rolling = progressing?.status === 'True' && ROLLING.has(progressing.reason ?? '');
  const available = condition(conditions, 'Available');
  if (available?.status === 'False' && replicas.wanted > 0) {
    // Without a deadline there is no condition Progressing.
    const starts =
      rolling || (progressing === undefined && isRecent(available.lastTransitionTime, now));
    return starts
      ? verdict('progressing', `${replicas.ready} of ${replicas.wanted} ready`, available.message)
      : verdict('failing', available.reason ?? 'Unavailable', available.message);
  }
  const paused = object.spec?.paused === true;
  if (paused && replicas.ready >= replicas.wanted) {
    return isBehind(replicas)
      ? verdict('warning', 'Paused', 'Its rollout is paused: changes wait until it goes on.')
      : verdict(replicas.wanted === 0 ? 'finished' : 'healthy', 'Paused');
  }
  return replicasVerdict(object, replicas, rolling && !paused, now);
}

function statefulSetVerdict(object: KubeObject, replicas: Replicas, now: number): Verdict {
  const { currentRevision, updateRevision } = object.status ?? {};
  // Of one revision only, replicas that lack are not on their way to another.
  const rolling = currentRevision !== updateRevision && isBehind(replicas);
  return replicasVerdict(object, replicas, rolling, now);
}

function daemonSetVerdict(object: KubeObject, replicas: Replicas, now: number): Verdict {
  if (numberAt(object.status, 'desiredNumberScheduled') === undefined) {
    return verdict('progressing', 'Not observed yet');
  }
  return replicas.wanted === 0
    ? verdict('finished', 'No node wants it', 'No node fits its node selector and tolerations.')
    : replicasVerdict(object, replicas, isBehind(replicas), now);
}

function replicasVerdict(
  object: KubeObject,
  replicas: Replicas,
  rolling: boolean,
  now: number,
): Verdict {
  const { wanted, ready, upToDate, toUpdate } = replicas;
  if (wanted === 0) {
    return verdict('finished', 'Scaled to 0');
  }
  if (ready < wanted) {
    const told = `${ready} of ${wanted} ready`;
    if (isRecent(object.metadata?.creationTimestamp, now)) {
      return verdict('progressing', told);
    }
    // An update takes one after the other, so that some stay ready unless there is but one.
    if (rolling && (ready > 0 || wanted === 1)) {
      return verdict('progressing', told);
    }
    return verdict(ready === 0 ? 'failing' : 'warning', told);
  }
  return isBehind(replicas)
    ? verdict('progressing', `${upToDate ?? 0} of ${toUpdate} updated`)
    : verdict('healthy', 'Ready');
}

function jobVerdict(object: KubeObject): Verdict {
  const conditions = conditionsOf(object);
  const failed = condition(conditions, 'Failed');
  if (failed?.status === 'True') {
    return verdict('failing', failed.reason ?? 'Failed', failed.message);
  }
  if (condition(conditions, 'Complete')?.status === 'True') {
    return verdict('finished', 'Completed');
  }
  if (object.spec?.suspend === true) {
    return verdict('finished', 'Suspended');
  }
  const failures = numberAt(object.status, 'failed') ?? 0;
  return failures > 0
    ? verdict('warning', `${failures} failed`, 'It tries again, until its backoffLimit.')
    : verdict('progressing', 'Running');
}

function cronJobVerdict({ spec, status }: KubeObject): Verdict {
  if (spec?.suspend === true) {
    return verdict('finished', 'Suspended');
  }
  const active = Array.isArray(status?.active) ? status.active.length : 0;
  return active > 0 ? verdict('progressing', `${active} active`) : verdict('healthy', 'Scheduled');
}

function autoscalerVerdict(object: KubeObject): Verdict {
  const conditions = conditionsOf(object);
  for (const type of ['AbleToScale', 'ScalingActive']) {
    const found = condition(conditions, type);
    if (found?.status === 'False' && found.reason !== 'ScalingDisabled') {
      return verdict('warning', found.reason ?? type, found.message);
    }
  }
  const limited = condition(conditions, 'ScalingLimited');
  return limited?.status === 'True' && limited.reason === 'TooManyReplicas'
    ? verdict('warning', 'At its maximum', limited.message)
    : verdict('healthy', 'Active');
}

/** Custom resources mostly tell by a condition `Ready` or `Available`. */
function customVerdict(object: KubeObject): Verdict | undefined {
  const conditions = conditionsOf(object);
  const found = condition(conditions, 'Ready') ?? condition(conditions, 'Available');
  switch (found?.status) {
    case 'True':
      return verdict('healthy', found.reason ?? 'Ready');
    case 'False':
      return verdict('warning', found.reason ?? 'Not ready', found.message);
    case 'Unknown':
      return verdict('unknown', found.reason ?? 'Unknown', found.message);
    default:
      return undefined;
  }
}

function withReplicas(type: string, object: KubeObject, replicas: Replicas, now: number): Verdict {
  if (notObserved(object)) {
    return verdict('progressing', 'Not observed yet');
  }
  switch (type) {
    case 'deployments':
      return deploymentVerdict(object, replicas, now);
    case 'statefulsets':
      return statefulSetVerdict(object, replicas, now);
    case 'daemonsets':
      return daemonSetVerdict(object, replicas, now);
    default:
      return replicasVerdict(object, replicas, false, now);
  }
}

/** The verdict on anything but a pod; undefined for what is neither well nor ill, such as a config map. */
export function objectVerdict(type: string, object: KubeObject, now: number): Verdict | undefined {
  const replicas = replicasOf(type, object);
  if (replicas !== undefined) {
    return withReplicas(type, object, replicas, now);
  }
  switch (type) {
    case 'jobs':
      return jobVerdict(object);
    case 'cronjobs':
      return cronJobVerdict(object);
    case 'horizontalpodautoscalers':
      return autoscalerVerdict(object);
    default:
      return customVerdict(object);
  }
}
