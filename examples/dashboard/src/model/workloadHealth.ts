import { isFields, textOf } from '../api/shape';
import type { Condition, KubeObject } from '../api/types';
import { type Verdict, verdict } from './health';
import { condition } from './podHealth';

export interface Replicas {
  wanted: number;
  ready: number;
  upToDate: number | undefined;
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

/** Replicas of a workload; undefined for types that have none. */
export function replicasOf(type: string, { spec, status }: KubeObject): Replicas | undefined {
  switch (type) {
    case 'deployments':
    case 'statefulsets':
      return {
        wanted: numberAt(spec, 'replicas') ?? 1,
        ready: numberAt(status, 'readyReplicas') ?? 0,
        upToDate: numberAt(status, 'updatedReplicas') ?? 0,
      };
    case 'replicasets':
    case 'replicationcontrollers':
      return {
        wanted: numberAt(spec, 'replicas') ?? 1,
        ready: numberAt(status, 'readyReplicas') ?? 0,
        upToDate: undefined,
      };
    case 'daemonsets':
      return {
        wanted: numberAt(status, 'desiredNumberScheduled') ?? 0,
        ready: numberAt(status, 'numberReady') ?? 0,
        upToDate: numberAt(status, 'updatedNumberScheduled') ?? 0,
      };
    default:
      return undefined;
  }
}

/** The newest rollout is not looked at by its controller yet. */
function notObserved({ metadata, status }: KubeObject): boolean {
  const observed = numberAt(status, 'observedGeneration');
  return (
    metadata?.generation !== undefined && observed !== undefined && observed < metadata.generation
  );
}

function deploymentVerdict(object: KubeObject, replicas: Replicas): Verdict {
  const conditions = conditionsOf(object);
  const progressing = condition(conditions, 'Progressing');
  if (progressing?.status === 'False') {
    return verdict('failing', progressing.reason ?? 'Not progressing', progressing.message);
  }
  const failure = condition(conditions, 'ReplicaFailure');
  if (failure?.status === 'True') {
    return verdict('failing', failure.reason ?? 'ReplicaFailure', failure.message);
  }
  const available = condition(conditions, 'Available');
  if (available?.status === 'False') {
    return verdict('failing', available.reason ?? 'Unavailable', available.message);
  }
  if (object.spec?.paused === true) {
    return verdict(
      'warning',
      'Paused',
      'Its rollout is paused: changes do nothing until it goes on.',
    );
  }
  return replicasVerdict(object, replicas);
}

function replicasVerdict(object: KubeObject, { wanted, ready, upToDate }: Replicas): Verdict {
  if (wanted === 0) {
    return verdict('finished', 'Scaled to 0');
  }
  if (ready === 0) {
    return verdict('failing', `0 of ${wanted} ready`);
  }
  if (ready < wanted) {
    return verdict('warning', `${ready} of ${wanted} ready`);
  }
  if (notObserved(object) || (upToDate !== undefined && upToDate < wanted)) {
    return verdict('progressing', `${upToDate ?? 0} of ${wanted} updated`);
  }
  return verdict('healthy', 'Ready');
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

/** The verdict on anything but a pod; undefined for what is neither well nor ill, such as a config map. */
export function objectVerdict(type: string, object: KubeObject): Verdict | undefined {
  const replicas = replicasOf(type, object);
  if (replicas !== undefined) {
    return type === 'deployments'
      ? deploymentVerdict(object, replicas)
      : replicasVerdict(object, replicas);
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
