import { isGap, typeName } from './gaps';
import type { ClusterView, NamespaceView, ObjectView, PodView, WorkloadView } from './group';

export interface Note {
  text: string;
  bad: boolean;
}

/** The one long list that is scrolled through. */
export type Row =
  | { key: string; type: 'cluster'; cluster: ClusterView }
  | { key: string; type: 'namespace'; namespace: NamespaceView; note: Note | undefined }
  | { key: string; type: 'workload'; workload: WorkloadView; open: boolean }
  | { key: string; type: 'pod'; pod: PodView }
  | { key: string; type: 'others'; namespace: NamespaceView; open: boolean }
  | { key: string; type: 'object'; object: ObjectView };

function podKey({ cluster, namespace, name }: PodView): string {
  return `pod ${cluster}/${namespace}/${name}`;
}

function objectKey({ cluster, namespace, type, object, name }: ObjectView): string {
  return `object ${cluster}/${namespace}/${type}/${object.kind ?? ''}/${name}`;
}

function workloadKey({ cluster, namespace, type, name }: WorkloadView): string {
  return `workload ${cluster}/${namespace}/${type}/${name}`;
}

/** Says why a namespace looks as it does: emptiness and gaps must not be mistaken for each other. */
function noteOf({ workloads, others, cells }: NamespaceView, filtering: boolean): Note | undefined {
  const gaps = cells.filter(isGap);
  if (gaps.length > 0) {
    const types = [...new Set(gaps.map(typeName))];
    const named =
      types.slice(0, 6).join(', ') + (types.length > 6 ? ` and ${types.length - 6} more` : '');
    const statuses = [
      ...new Set(gaps.map((cell) => (cell.status === 'OK' ? 'cut off' : cell.status))),
    ];
    const text = `${gaps.length} of ${cells.length} types could not be read in full (${statuses.join(', ')}): ${named}`;
    return { bad: true, text };
  }
  if (workloads.length + others.length === 0 && !filtering) {
    const text = `Nothing here: all ${cells.length} types were read, and none has an object of this entity.`;
    return { bad: false, text };
  }
  return undefined;
}

/** Whether the user opened or closed something; by default workloads are open, other objects are not. */
export type Toggled = ReadonlyMap<string, boolean>;

function namespaceRows(namespace: NamespaceView, toggled: Toggled, filtering: boolean): Row[] {
  const place = `${namespace.cluster}/${namespace.namespace}`;
  const note = noteOf(namespace, filtering);
  const rows: Row[] = [{ key: `namespace ${place}`, type: 'namespace', namespace, note }];
  for (const workload of namespace.workloads) {
    const key = workloadKey(workload);
    const open = toggled.get(key) ?? true;
    rows.push({ key, type: 'workload', workload, open });
    if (open) {
      rows.push(...workload.pods.map((pod): Row => ({ key: podKey(pod), type: 'pod', pod })));
    }
  }
  if (namespace.others.length > 0) {
    const key = `others ${place}`;
    const open = toggled.get(key) ?? filtering;
    rows.push({ key, type: 'others', namespace, open });
    if (open) {
      rows.push(
        ...namespace.others.map((object): Row => ({
          key: objectKey(object),
          type: 'object',
          object,
        })),
      );
    }
  }
  return rows;
}

export function rowsOf(
  clusters: readonly ClusterView[],
  toggled: Toggled,
  filtering: boolean,
): Row[] {
  return clusters.flatMap((cluster) => [
    { key: `cluster ${cluster.name}`, type: 'cluster', cluster },
    ...cluster.namespaces.flatMap((namespace) => namespaceRows(namespace, toggled, filtering)),
  ]);
}

export function workloadKeys(clusters: readonly ClusterView[]): string[] {
  return clusters.flatMap(({ namespaces }) =>
    namespaces.flatMap(({ workloads }) => workloads.map(workloadKey)),
  );
}
