import type { Condition, ContainerStatus, Pod } from '../api/types';
import { type Verdict, verdict, worst } from './health';

/** After this long, what waits is more likely stuck than slow. */
export const PENDING_FOR_LONG = 5 * 60_000;
/** A restart longer ago than this is history. */
const RECENT_RESTART = 60 * 60_000;

/** Reasons why a container waits that go away by themselves. */
const STARTING = new Set(['ContainerCreating', 'PodInitializing', '']);

export interface PodSummary {
  verdict: Verdict;
  ready: boolean;
  readyContainers: number;
  containers: number;
  restarts: number;
}

export function condition(
  conditions: readonly Condition[] | undefined,
  type: string,
): Condition | undefined {
  return conditions?.find((one) => one.type === type);
}

export function since(time: string | undefined, now: number): number {
  const at = time === undefined ? Number.NaN : Date.parse(time);
  return Number.isNaN(at) ? 0 : now - at;
}

function exit(terminated: { exitCode?: number; signal?: number; message?: string }): string {
  const how = terminated.signal
    ? `signal ${terminated.signal}`
    : `exit code ${terminated.exitCode ?? '?'}`;
  return terminated.message ? `${how}: ${terminated.message}` : how;
}

/** The verdict on one container, or undefined if there is nothing to say. */
function containerVerdict(
  status: ContainerStatus,
  init: boolean,
  now: number,
): Verdict | undefined {
  const { waiting, terminated, running } = status.state ?? {};
  const prefix = `${init ? 'Init container' : 'Container'} ${status.name}`;
  const last = status.lastState?.terminated;
  if (waiting !== undefined && !STARTING.has(waiting.reason ?? '')) {
    const before = last === undefined ? '' : ` Last: ${last.reason ?? 'ended'}, ${exit(last)}.`;
    return verdict(
      'failing',
      waiting.reason ?? 'Waiting',
      `${prefix}: ${waiting.message ?? 'waits'}.${before}`,
    );
  }
  if (terminated !== undefined && (terminated.exitCode ?? 0) !== 0) {
    return verdict(
      'failing',
      terminated.reason ?? 'Error',
      `${prefix} ended with ${exit(terminated)}`,
    );
  }
  if (running !== undefined && last !== undefined && since(last.finishedAt, now) < RECENT_RESTART) {
    const killed = last.reason === 'OOMKilled';
    if (killed || (last.exitCode ?? 0) !== 0) {
      const reason = killed ? 'OOMKilled' : 'Restarted';
      return verdict(
        'warning',
        reason,
        `${prefix} was restarted after ${last.reason ?? 'Error'}, ${exit(last)}`,
      );
    }
  }
  return undefined;
}

function notScheduled(pod: Pod, now: number): Verdict | undefined {
  const scheduled = condition(pod.status?.conditions, 'PodScheduled');
  if (scheduled?.status !== 'False') {
    return undefined;
  }
  const waits = since(pod.metadata?.creationTimestamp, now);
  const health = waits > PENDING_FOR_LONG ? 'failing' : 'progressing';
  return verdict(health, scheduled.reason ?? 'Unschedulable', scheduled.message);
}

function pending(pod: Pod, now: number): Verdict {
  const waits = since(pod.metadata?.creationTimestamp, now);
  return waits > PENDING_FOR_LONG
    ? verdict(
        'warning',
        'Pending for long',
        'It has waited for more than five minutes; its events say for what.',
      )
    : verdict('progressing', 'Pending', pod.status?.message);
}

function running(pod: Pod, now: number): Verdict {
  const statuses = pod.status?.containerStatuses ?? [];
  const notReady = statuses.filter((status) => status.ready !== true);
  const ready = condition(pod.status?.conditions, 'Ready');
  if (ready?.status === 'True' && notReady.length === 0) {
    return verdict('healthy', 'Running');
  }
  if (since(pod.metadata?.creationTimestamp, now) <= PENDING_FOR_LONG) {
    return verdict('progressing', 'Not ready yet', ready?.message);
  }
  const started = since(ready?.lastTransitionTime ?? pod.metadata?.creationTimestamp, now);
  const message = ready?.message ?? notReady.map(({ name }) => name).join(', ');
  return started > PENDING_FOR_LONG
    ? verdict('failing', 'Not ready', message)
    : verdict('warning', 'Not ready', message);
}

function byPhase(pod: Pod, now: number): Verdict {
  switch (pod.status?.phase) {
    case 'Succeeded':
      return verdict('finished', 'Completed');
    case 'Failed':
      return verdict('failing', pod.status.reason ?? 'Failed', pod.status.message);
    case 'Pending':
      return pending(pod, now);
    case 'Running':
      return running(pod, now);
    default:
      return verdict(
        'unknown',
        'Unknown',
        pod.status?.message ?? 'The cluster does not tell its phase.',
      );
  }
}

function podVerdict(pod: Pod, now: number): Verdict {
  const { status, metadata } = pod;
  if (metadata?.deletionTimestamp !== undefined) {
    // The time is when the grace period ends.
    return since(metadata.deletionTimestamp, now) > PENDING_FOR_LONG
      ? verdict(
          'warning',
          'Terminating for long',
          'It should have ended; a finalizer or its node may hold it.',
        )
      : verdict('progressing', 'Terminating');
  }
  if (status?.reason === 'NodeLost') {
    return verdict('unknown', 'NodeLost', status.message);
  }
  if (status?.phase === 'Succeeded' || status?.phase === 'Failed') {
    const failed = worst(containerVerdicts(pod, now));
    return status.phase === 'Failed' && status.reason === undefined && failed !== undefined
      ? failed
      : byPhase(pod, now);
  }
  const found = [...containerVerdicts(pod, now), notScheduled(pod, now), byPhase(pod, now)];
  return worst(found.filter((one) => one !== undefined)) ?? byPhase(pod, now);
}

function containerVerdicts(pod: Pod, now: number): Verdict[] {
  const { initContainerStatuses = [], containerStatuses = [] } = pod.status ?? {};
  return [
    ...initContainerStatuses.map((status) => containerVerdict(status, true, now)),
    ...containerStatuses.map((status) => containerVerdict(status, false, now)),
  ].filter((one) => one !== undefined);
}

/** Init containers that restart for ever are sidecars, which count as containers do. */
function sidecarNames(pod: Pod): Set<string> {
  const sidecars = (pod.spec?.initContainers ?? []).filter((one) => one.restartPolicy === 'Always');
  return new Set(sidecars.map(({ name }) => name));
}

export function summarizePod(pod: Pod, now: number): PodSummary {
  const sidecars = sidecarNames(pod);
  const { initContainerStatuses = [], containerStatuses = [] } = pod.status ?? {};
  const counted = [
    ...containerStatuses,
    ...initContainerStatuses.filter(({ name }) => sidecars.has(name)),
  ];
  const wanted = (pod.spec?.containers?.length ?? containerStatuses.length) + sidecars.size;
  return {
    verdict: podVerdict(pod, now),
    ready: condition(pod.status?.conditions, 'Ready')?.status === 'True',
    readyContainers: counted.filter((status) => status.ready === true).length,
    containers: wanted,
    restarts: [...containerStatuses, ...initContainerStatuses].reduce(
      (sum, status) => sum + (status.restartCount ?? 0),
      0,
    ),
  };
}
