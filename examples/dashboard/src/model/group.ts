import type { Cell, ClusterObjects, KubeObject, LookupAnswer, Pod } from '../api/types';
import { type Verdict, isProblem, rank, worst } from './health';
import { type PodSummary, summarizePod } from './podHealth';
import { type PodLoad, podLoad } from './usage';
import { type Replicas, objectVerdict, replicasOf } from './workloadHealth';

export interface Place {
  cluster: string;
  namespace: string;
}

export interface PodView extends Place {
  pod: Pod;
  name: string;
  summary: PodSummary;
  load: PodLoad | undefined;
}

export interface ObjectView extends Place {
  type: string;
  object: KubeObject;
  name: string;
  verdict: Verdict | undefined;
}

export interface WorkloadView extends Place {
  /** Empty for the pods whose owner was not found. */
  type: string;
  object: KubeObject | undefined;
  name: string;
  /** The worst of the workload's own and of those of its pods. */
  verdict: Verdict;
  replicas: Replicas | undefined;
  pods: PodView[];
}

export interface NamespaceView extends Place {
  workloads: WorkloadView[];
  others: ObjectView[];
  cells: Cell[];
}

export interface ClusterView {
  name: string;
  namespaces: NamespaceView[];
}

const WORKLOADS = new Set(['deployments', 'statefulsets', 'daemonsets', 'jobs', 'cronjobs']);

interface Listed {
  type: string;
  object: KubeObject;
}

/** One type comes once for each namespace, and an object may come twice if selectors overlap. */
function listObjects(items: readonly ClusterObjects[]): Listed[] {
  const seen = new Set<string>();
  const listed: Listed[] = [];
  for (const { resources } of items) {
    for (const { type, resources: objects } of resources) {
      for (const object of objects) {
        const { apiVersion = '', kind = '', metadata: { namespace = '', name = '' } = {} } = object;
        const key = `${type} ${apiVersion} ${kind} ${namespace}/${name}`;
        if (!seen.has(key)) {
          seen.add(key);
          listed.push({ type, object });
        }
      }
    }
  }
  return listed;
}

/** Owners are in the namespace of what they own, which a cluster might not care about. */
function uidKey(object: KubeObject, uid: string | undefined): string {
  return `${object.metadata?.namespace ?? ''}/${uid ?? ''}`;
}

/** Follows owners up to one that is shown, over replica sets and over the jobs of cron jobs. */
function shownOwner(object: KubeObject, byUid: Map<string, Listed>): Listed | undefined {
  let shown: Listed | undefined;
  let current: KubeObject | undefined = object;
  for (let depth = 0; current !== undefined && depth < 8; depth++) {
    const owners: { uid?: string; controller?: boolean }[] =
      current.metadata?.ownerReferences ?? [];
    const owner: { uid?: string } | undefined = owners.find((one) => one.controller) ?? owners[0];
    const found: Listed | undefined = byUid.get(uidKey(current, owner?.uid));
    if (found !== undefined && (WORKLOADS.has(found.type) || found.type === 'replicasets')) {
      shown = found;
    }
    current = found?.object;
  }
  return shown;
}

function workload(place: Place, listed: Listed | undefined, pods: PodView[]): WorkloadView {
  pods.sort(
    (a, b) =>
      rank(a.summary.verdict.health) - rank(b.summary.verdict.health) || compare(a.name, b.name),
  );
  const own = listed && objectVerdict(listed.type, listed.object);
  const ofPods = pods
    .map(({ summary }) => summary.verdict)
    .filter(({ health }) => isProblem(health));
  const verdict = worst([...ofPods, ...(own ? [own] : [])]) ??
    pods[0]?.summary.verdict ?? { health: 'unknown' as const, reason: 'No pods', message: '' };
  return {
    ...place,
    type: listed?.type ?? '',
    object: listed?.object,
    name: listed?.object.metadata?.name ?? '',
    verdict: finishedJobsFailure(listed, own, verdict),
    replicas: listed && replicasOf(listed.type, listed.object),
    pods,
  };
}

/** A job that completed is well, whatever its first tries came to. */
function finishedJobsFailure(
  listed: Listed | undefined,
  own: Verdict | undefined,
  verdict: Verdict,
): Verdict {
  return listed?.type === 'jobs' && own?.health === 'finished' ? own : verdict;
}

const collator = new Intl.Collator('en', { numeric: true });

export function compare(a: string, b: string): number {
  return collator.compare(a, b);
}

/** Problems first; what is well stands by type. */
function problemRank({ verdict }: ObjectView): number {
  return verdict !== undefined && isProblem(verdict.health) ? rank(verdict.health) : 9;
}

class NamespaceBuilder {
  readonly cells: Cell[] = [];
  private readonly others: ObjectView[] = [];
  private readonly owners = new Map<KubeObject, Listed>();
  private readonly pods = new Map<KubeObject | undefined, PodView[]>();

  constructor(private readonly place: Place) {}

  addWorkload(listed: Listed): void {
    this.owners.set(listed.object, listed);
  }

  addOther({ type, object }: Listed): void {
    const name = object.metadata?.name ?? '';
    this.others.push({ ...this.place, type, object, name, verdict: objectVerdict(type, object) });
  }

  addPod(pod: PodView, owner: Listed | undefined): void {
    if (owner !== undefined) {
      this.owners.set(owner.object, owner);
    }
    const pods = this.pods.get(owner?.object) ?? [];
    pods.push(pod);
    this.pods.set(owner?.object, pods);
  }

  build(): NamespaceView {
    const workloads = [...this.owners.values()].map((listed) =>
      workload(this.place, listed, this.pods.get(listed.object) ?? []),
    );
    const loose = this.pods.get(undefined);
    if (loose !== undefined) {
      workloads.push(workload(this.place, undefined, loose));
    }
    workloads.sort(
      (a, b) => rank(a.verdict.health) - rank(b.verdict.health) || compare(a.name, b.name),
    );
    this.others.sort(
      (a, b) =>
        problemRank(a) - problemRank(b) || compare(a.type, b.type) || compare(a.name, b.name),
    );
    return { ...this.place, workloads, others: this.others, cells: this.cells };
  }
}

function worstRank(namespaces: readonly NamespaceView[]): number {
  const ranks = namespaces.flatMap(({ workloads }) =>
    workloads.map(({ verdict }) => (isProblem(verdict.health) ? rank(verdict.health) : 9)),
  );
  return ranks.reduce((least, next) => Math.min(least, next), 9);
}

function groupCluster(
  name: string,
  items: readonly ClusterObjects[],
  cells: readonly Cell[],
  now: number,
): ClusterView {
  const listed = listObjects(items);
  const byUid = new Map(
    listed.flatMap((one): [string, Listed][] => {
      const uid = one.object.metadata?.uid;
      return uid ? [[uidKey(one.object, uid), one]] : [];
    }),
  );
  const loads = new Map<string, PodLoad | undefined>();
  for (const metrics of items.flatMap(({ podMetrics }) => podMetrics)) {
    const { namespace = '', name: pod = '' } = metrics.pod.metadata ?? {};
    loads.set(`${namespace}/${pod}`, podLoad(metrics));
  }
  const namespaces = new Map<string, NamespaceBuilder>();
  const at = (namespace: string): NamespaceBuilder => {
    const builder = namespaces.get(namespace) ?? new NamespaceBuilder({ cluster: name, namespace });
    namespaces.set(namespace, builder);
    return builder;
  };
  cells.forEach((cell) => at(cell.namespace).cells.push(cell));
  for (const one of listed) {
    const { namespace = '', name: objectName = '' } = one.object.metadata ?? {};
    const owner = shownOwner(one.object, byUid);
    if (one.type === 'pods') {
      const pod = one.object;
      const load = loads.get(`${namespace}/${objectName}`);
      const summary = summarizePod(pod, now);
      at(namespace).addPod(
        { cluster: name, namespace, pod, name: objectName, summary, load },
        owner,
      );
    } else if (WORKLOADS.has(one.type) && owner === undefined) {
      at(namespace).addWorkload(one);
    } else {
      at(namespace).addOther(one);
    }
  }
  const built = [...namespaces.values()].map((builder) => builder.build());
  built.sort((a, b) => worstRank([a]) - worstRank([b]) || compare(a.namespace, b.namespace));
  return { name, namespaces: built };
}

/** Everything by cluster and namespace, also those of which nothing could be read; what is ill comes first. */
export function group({ matrix, backstage }: LookupAnswer, now: number): ClusterView[] {
  const items = new Map<string, ClusterObjects[]>();
  const cells = new Map<string, Cell[]>();
  for (const item of backstage.items) {
    items.set(item.cluster.name, [...(items.get(item.cluster.name) ?? []), item]);
  }
  for (const cell of matrix.cells) {
    const ofCluster = cells.get(cell.cluster);
    if (ofCluster === undefined) {
      cells.set(cell.cluster, [cell]);
    } else {
      ofCluster.push(cell);
    }
  }
  const names = new Set([...items.keys(), ...cells.keys()]);
  names.delete('');
  return [...names]
    .map((name) => groupCluster(name, items.get(name) ?? [], cells.get(name) ?? [], now))
    .sort((a, b) => worstRank(a.namespaces) - worstRank(b.namespaces) || compare(a.name, b.name));
}
