import type { WorkloadView } from '../../model/group';
import type { Row } from '../../model/rows';
import { type Target, objectTarget, podTarget } from '../../state/urlState';

export function workloadTarget({
  object,
  cluster,
  namespace,
  type,
  name,
}: WorkloadView): Target | undefined {
  return object === undefined ? undefined : { cluster, namespace, type, name };
}

/** What a row opens; undefined for headings. */
export function targetOfRow(row: Row): Target | undefined {
  switch (row.type) {
    case 'pod':
      return podTarget(row.pod);
    case 'object':
      return objectTarget(row.object);
    case 'workload':
      return workloadTarget(row.workload);
    default:
      return undefined;
  }
}
