import { type Health, HEALTHS, isProblem } from './health';
import {
  type ClusterView,
  type NamespaceView,
  type ObjectView,
  type PodView,
  type WorkloadView,
  isOwnProblem,
} from './group';

export interface Filter {
  /** Words that all have to occur in the name or a label; any case. */
  query: string;
  namespaces: readonly string[];
  clusters: readonly string[];
  healths: readonly Health[];
}

export function isFiltering({ query, namespaces, clusters, healths }: Filter): boolean {
  return query.trim() !== '' || namespaces.length + clusters.length + healths.length > 0;
}

type Labelled = { metadata?: { labels?: Record<string, string> } } | undefined;

function haystack(name: string, object: Labelled): string {
  const labels = Object.entries(object?.metadata?.labels ?? {});
  return [name, ...labels.map(([key, value]) => `${key}=${value}`)].join('\n').toLowerCase();
}

function matcher(query: string): (name: string, object: Labelled) => boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return (name, object) => {
    if (words.length === 0) {
      return true;
    }
    const text = haystack(name, object);
    return words.every((word) => text.includes(word));
  };
}

type Matches = (name: string, object: Labelled) => boolean;

/** A workload whose own name matches keeps all its pods that are as well or ill as asked for. */
function filterWorkload(
  workload: WorkloadView,
  matches: Matches,
  healths: ReadonlySet<Health>,
): WorkloadView | undefined {
  const named = matches(workload.name, workload.object);
  const asked = (health: Health) => healths.size === 0 || healths.has(health);
  const pods = workload.pods.filter(
    ({ name, pod, summary }) => (named || matches(name, pod)) && asked(summary.verdict.health),
  );
  const own = named && asked(workload.verdict.health) && workload.object !== undefined;
  return pods.length > 0 || own ? { ...workload, pods } : undefined;
}

function filterOthers(
  others: readonly ObjectView[],
  matches: Matches,
  healths: ReadonlySet<Health>,
): ObjectView[] {
  return others.filter(
    ({ name, object, verdict }) =>
      matches(name, object) &&
      (healths.size === 0 || (verdict !== undefined && healths.has(verdict.health))),
  );
}

export function applyFilter(clusters: readonly ClusterView[], filter: Filter): ClusterView[] {
  const matches = matcher(filter.query);
  const healths = new Set(filter.healths);
  const byContent = filter.query.trim() !== '' || healths.size > 0;
  const inNamespace = ({ namespace }: NamespaceView) =>
    filter.namespaces.length === 0 || filter.namespaces.includes(namespace);
  return clusters
    .filter(({ name }) => filter.clusters.length === 0 || filter.clusters.includes(name))
    .map((cluster) => ({
      ...cluster,
      namespaces: cluster.namespaces
        .filter(inNamespace)
        .map((namespace) => ({
          ...namespace,
          workloads: namespace.workloads.flatMap(
            (workload) => filterWorkload(workload, matches, healths) ?? [],
          ),
          others: filterOthers(namespace.others, matches, healths),
        }))
        .filter(({ workloads, others }) => !byContent || workloads.length + others.length > 0),
    }))
    .filter(({ namespaces }) => namespaces.length > 0 || !isFiltering(filter));
}

export interface Totals {
  pods: number;
  readyPods: number;
  /** Pods that completed; they are never ready again. */
  finishedPods: number;
  /** Old ones, which others took the place of. */
  endedPods: number;
  workloads: number;
  others: number;
  problems: number;
  /** The problems sum up to those above; of what is well only pods count. */
  byHealth: Record<Health, number>;
}

function allPods(clusters: readonly ClusterView[]): PodView[] {
  return clusters.flatMap(({ namespaces }) =>
    namespaces.flatMap(({ workloads }) => workloads.flatMap(({ pods }) => pods)),
  );
}

/** What counts by its health: pods, and whatever else is a problem that no pod has. */
function counted({ workloads, others }: NamespaceView): Health[] {
  const ofWorkloads = workloads.flatMap(({ pods, verdict }) => {
    const ofPods = pods.map(({ summary }) => summary.verdict.health);
    return isProblem(verdict.health) && !ofPods.some(isProblem)
      ? [...ofPods, verdict.health]
      : ofPods;
  });
  const ofOthers = others.filter(isOwnProblem).flatMap(({ verdict }) => verdict?.health ?? []);
  return [...ofWorkloads, ...ofOthers];
}

export function totalsOf(clusters: readonly ClusterView[]): Totals {
  const pods = allPods(clusters);
  const namespaces = clusters.flatMap((cluster) => cluster.namespaces);
  const workloads = namespaces.flatMap((namespace) => namespace.workloads);
  const healths = namespaces.flatMap(counted);
  const byHealth = Object.fromEntries(HEALTHS.map((health) => [health, 0])) as Record<
    Health,
    number
  >;
  healths.forEach((health) => byHealth[health]++);
  return {
    pods: pods.length,
    readyPods: pods.filter(({ summary }) => summary.ready).length,
    finishedPods: pods.filter((one) => one.summary.verdict.health === 'finished' && !one.ended)
      .length,
    endedPods: pods.filter(({ ended }) => ended).length,
    workloads: workloads.filter(({ object }) => object !== undefined).length,
    others: namespaces.reduce((sum, namespace) => sum + namespace.others.length, 0),
    problems: healths.filter(isProblem).length,
    byHealth,
  };
}
