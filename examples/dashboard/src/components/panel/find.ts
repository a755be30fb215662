import type { Cell } from '../../api/types';
import { isListOf } from '../../model/kinds';
import type { ClusterView, ObjectView, PodView, WorkloadView } from '../../model/group';
import { type Target, objectTarget, podTarget, sameTarget } from '../../state/urlState';
import { workloadTarget } from '../rows/targets';

/** What the panel shows. */
export type Opened =
  | { type: 'pod'; pod: PodView }
  | { type: 'workload'; workload: WorkloadView }
  | { type: 'object'; object: ObjectView };

export function findTarget(all: readonly ClusterView[], target: Target): Opened | undefined {
  const namespace = all
    .find(({ name }) => name === target.cluster)
    ?.namespaces.find((one) => one.namespace === target.namespace);
  for (const workload of namespace?.workloads ?? []) {
    if (sameTarget(workloadTarget(workload), target)) {
      return { type: 'workload', workload };
    }
    const pod = workload.pods.find((one) => sameTarget(podTarget(one), target));
    if (pod !== undefined) {
      return { type: 'pod', pod };
    }
  }
  const object = namespace?.others.find((one) => sameTarget(objectTarget(one), target));
  return object && { type: 'object', object };
}

/** The list that should have it, if that could not be read: then nobody knows whether it is there. */
export function unreadCell(cells: readonly Cell[], target: Target): Cell | undefined {
  return cells.find(
    (cell) =>
      cell.cluster === target.cluster &&
      (cell.namespace === target.namespace || cell.namespace === '') &&
      isListOf(cell, target.type) &&
      (cell.status !== 'OK' || cell.truncated),
  );
}
