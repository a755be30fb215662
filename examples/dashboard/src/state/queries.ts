import {
  QueryClient,
  type UseQueryResult,
  replaceEqualDeep,
  useQuery,
} from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { loadClusters, loadEntities, loadEvents, lookUp } from '../api/backend';
import { ApiError, isWorthAnotherTry } from '../api/http';
import { tokens } from '../api/tokens';
import type { Cluster, KubeObject, LookupAnswer } from '../api/types';

export const INTERVALS = ['0', '5', '10', '30', '60'] as const;
export type Interval = (typeof INTERVALS)[number];

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // A failure is shown at once; the next refresh is the next try.
        retry: false,
        // The backend may be on this machine, which needs no network.
        networkMode: 'always',
        refetchOnWindowFocus: false,
        staleTime: 60_000,
      },
    },
  });
}

/** How many seconds after a failure it is asked again, for what is not refreshed anyway. */
const RETRY_SECONDS = 10;

/** After how many seconds it is asked again by itself; 0 if it is not. */
export function retryAgain(error: unknown): number {
  return isWorthAnotherTry(error) ? RETRY_SECONDS : 0;
}

function retryInterval({ state }: { state: { error: Error | null } }): number | false {
  return retryAgain(state.error) * 1000 || false;
}

/** What is asked with other tokens is another question. */
export function useTokensVersion(): number {
  return useSyncExternalStore(tokens.subscribe, tokens.version);
}

export function useClusters() {
  const version = useTokensVersion();
  return useQuery({
    queryKey: ['clusters', version],
    queryFn: ({ signal }) => loadClusters(signal),
    refetchInterval: retryInterval,
  });
}

export function useEntities(kind: string) {
  const version = useTokensVersion();
  return useQuery({
    queryKey: ['entities', kind, version],
    queryFn: ({ signal }) => loadEntities(kind, signal),
    enabled: kind !== '',
    refetchInterval: retryInterval,
  });
}

/** Objects with one resourceVersion are one object, which is cheaper to see than to compare thousands deeply. */
function shareObjects(before: KubeObject[], after: KubeObject[]): KubeObject[] {
  const known = new Map(before.map((object) => [object.metadata?.uid, object]));
  const shared = after.map((object) => {
    const { uid, resourceVersion } = object.metadata ?? {};
    const old = uid === undefined ? undefined : known.get(uid);
    return old !== undefined &&
      resourceVersion !== undefined &&
      old.metadata?.resourceVersion === resourceVersion
      ? old
      : object;
  });
  const same = shared.length === before.length && shared.every((one, at) => one === before[at]);
  return same ? before : shared;
}

/** Keeps what did not change since the last answer. */
function shareAnswers(before: LookupAnswer | undefined, after: LookupAnswer): LookupAnswer {
  if (before === undefined) {
    return after;
  }
  const items = after.backstage.items.map((item, at) => {
    const old = before.backstage.items[at];
    const sameCluster = old?.cluster.name === item.cluster.name;
    const resources = item.resources.map((list, index) => {
      const oldList = sameCluster ? old?.resources[index] : undefined;
      return oldList?.type === list.type
        ? { ...list, resources: shareObjects(oldList.resources, list.resources) }
        : list;
    });
    return { ...item, resources };
  });
  return { matrix: replaceEqualDeep(before.matrix, after.matrix), backstage: { items } };
}

function isUnauthenticated(error: unknown): boolean {
  return error instanceof ApiError && error.failure === 'backend' && error.status === 401;
}

/** Whoever is not known now is not known in ten seconds either; a token asks again. */
export function lookupAgain(error: unknown, seconds: number): number {
  return isUnauthenticated(error) ? 0 : seconds;
}

/** Without the list of clusters nobody knows which tokens they take, but others can be asked all the same. */
export function useLookup(
  entity: string,
  { data: clusters = [], isPending }: UseQueryResult<Cluster[]>,
  seconds: number,
) {
  const version = useTokensVersion();
  return useQuery({
    queryKey: ['lookup', entity, version],
    queryFn: ({ signal }) => lookUp(entity, clusters, signal),
    enabled: entity !== '' && !isPending,
    refetchInterval: ({ state }) => lookupAgain(state.error, seconds) * 1000 || false,
    refetchIntervalInBackground: false,
    refetchOnWindowFocus: seconds > 0 ? 'always' : false,
    staleTime: 0,
    gcTime: 60_000,
    structuralSharing: (before, after) =>
      shareAnswers(before as LookupAnswer | undefined, after as LookupAnswer),
  });
}

export function useEvents(cluster: Cluster, namespace: string, uid: string) {
  const version = useTokensVersion();
  return useQuery({
    queryKey: ['events', cluster.name, namespace, uid, version],
    queryFn: ({ signal }) => loadEvents(cluster, namespace, uid, signal),
    staleTime: 5_000,
  });
}
