import type { Cell, ClusterObjects, KubeObject, LookupAnswer, Pod } from '../api/types';
import { groupBy } from './groupBy';
import { type Verdict, isProblem, rank, worst } from './health';
import { type Listed, WORKLOADS, hasEnded, indexByUid, ownerOf, shownOwner } from './owners';
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
  /** An old one, which something else took the place of: its verdict is no problem, whatever ended it. */
  ended: boolean;
}

export interface ObjectView extends Place {
  type: string;
  object: KubeObject;
  name: string;
  verdict: Verdict | undefined;
  /** What is wrong with it counts at its owner or its pods already. */
  toldElsewhere: boolean;
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

function summarize(pod: Pod, ended: boolean, now: number): PodSummary {
  const summary = summarizePod(pod, now);
  return ended
    ? { ...summary, ready: false, verdict: { ...summary.verdict, health: 'finished' } }
    : summary;
}

function workload(
  place: Place,
  listed: Listed | undefined,
  pods: PodView[],
  now: number,
): WorkloadView {
  pods.sort(
    (a, b) =>
      rank(a.summary.verdict.health) - rank(b.summary.verdict.health) || compare(a.name, b.name),
  );
  const own = listed && objectVerdict(listed.type, listed.object, now);
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
    verdict,
    replicas: listed && replicasOf(listed.type, listed.object),
    pods,
  };
}

const collator = new Intl.Collator('en', { numeric: true });

export function compare(a: string, b: string): number {
  return collator.compare(a, b);
}

/** Whether it is a problem that counts. */
export function isOwnProblem({ verdict, toldElsewhere }: ObjectView): boolean {
  return verdict !== undefined && isProblem(verdict.health) && !toldElsewhere;
}

/** Problems first; what is well stands by type. */
function problemRank(view: ObjectView): number {
  return view.verdict !== undefined && isOwnProblem(view) ? rank(view.verdict.health) : 9;
}

class NamespaceBuilder {
  readonly cells: Cell[] = [];
  private readonly others: ObjectView[] = [];
  private readonly owners = new Map<KubeObject, Listed>();
  private readonly pods = new Map<KubeObject | undefined, PodView[]>();

  constructor(
    private readonly place: Place,
    private readonly now: number,
  ) {}

  addWorkload(listed: Listed): void {
    this.owners.set(listed.object, listed);
  }

  addOther({ type, object }: Listed, toldElsewhere: boolean): void {
    const name = object.metadata?.name ?? '';
    const verdict = objectVerdict(type, object, this.now);
    this.others.push({ ...this.place, type, object, name, verdict, toldElsewhere });
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
      workload(this.place, listed, this.pods.get(listed.object) ?? [], this.now),
    );
    const loose = this.pods.get(undefined);
    if (loose !== undefined) {
      workloads.push(workload(this.place, undefined, loose, this.now));
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
  const byUid = indexByUid(listed);
  const loads = new Map<string, PodLoad | undefined>();
  for (const metrics of items.flatMap(({ podMetrics }) => podMetrics)) {
    const { namespace = '', name: pod = '' } = metrics.pod.metadata ?? {};
    loads.set(`${namespace}/${pod}`, podLoad(metrics));
  }
  const namespaces = new Map<string, NamespaceBuilder>();
  const at = (namespace: string): NamespaceBuilder => {
    const builder =
      namespaces.get(namespace) ?? new NamespaceBuilder({ cluster: name, namespace }, now);
    namespaces.set(namespace, builder);
    return builder;
  };
  cells.forEach((cell) => at(cell.namespace).cells.push(cell));
  const owning = new Set<KubeObject>();
  const troubled = new Set<KubeObject>();
  for (const { object: pod } of listed.filter(({ type }) => type === 'pods')) {
    const { namespace = '', name: podName = '' } = pod.metadata ?? {};
    const owner = ownerOf(pod, byUid);
    const ended = hasEnded(pod, owner, now);
    const summary = summarize(pod, ended, now);
    if (owner !== undefined) {
      owning.add(owner.object);
      if (isProblem(summary.verdict.health)) {
        troubled.add(owner.object);
      }
    }
    const load = loads.get(`${namespace}/${podName}`);
    const view = { cluster: name, namespace, pod, name: podName, summary, load, ended };
    at(namespace).addPod(view, shownOwner(pod, byUid));
  }
  for (const one of listed.filter(({ type }) => type !== 'pods')) {
    const { namespace = '' } = one.object.metadata ?? {};
    const owner = shownOwner(one.object, byUid);
    if (WORKLOADS.has(one.type) && owner === undefined) {
      at(namespace).addWorkload(one);
    } else {
      const byWorkload =
        one.type === 'replicasets' && (owner !== undefined || owning.has(one.object));
      at(namespace).addOther(one, byWorkload || troubled.has(one.object));
    }
  }
  const built = [...namespaces.values()].map((builder) => builder.build());
  built.sort((a, b) => worstRank([a]) - worstRank([b]) || compare(a.namespace, b.namespace));
  return { name, namespaces: built };
}

/** Everything by cluster and namespace, also those of which nothing could be read; what is ill comes first. */
export function group({ matrix, backstage }: LookupAnswer, now: number): ClusterView[] {
  const items = groupBy(backstage.items, ({ cluster }) => cluster.name);
  const cells = groupBy(matrix.cells, ({ cluster }) => cluster);
  const names = new Set([...items.keys(), ...cells.keys()]);
  names.delete('');
  return [...names]
    .map((name) => groupCluster(name, items.get(name) ?? [], cells.get(name) ?? [], now))
    .sort((a, b) => worstRank(a.namespaces) - worstRank(b.namespaces) || compare(a.name, b.name));
}
