import { proxyHeaders, requestAuth } from './auth';
import { request, requestJson } from './http';
import { readEvents, readObjects } from './objects';
import type { Cluster, Entity, KubeEvent, LookupAnswer } from './types';

const BASE = 'api/kubernetes';

export async function loadClusters(signal: AbortSignal): Promise<Cluster[]> {
  const answer = await requestJson<{ items: Cluster[] }>(`${BASE}/clusters`, { signal });
  return answer.items;
}

export async function loadEntities(kind: string, signal: AbortSignal): Promise<Entity[]> {
  const path = `${BASE}/followspot/entities?kind=${encodeURIComponent(kind)}`;
  return (await requestJson<{ items: Entity[] }>(path, { signal })).items;
}

export async function lookUp(
  entityRef: string,
  clusters: readonly Cluster[],
  signal: AbortSignal,
): Promise<LookupAnswer> {
  const answer = await requestJson<LookupAnswer>(`${BASE}/followspot/lookup`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ entityRef, auth: requestAuth(clusters) }),
    signal,
  });
  for (const cell of answer.matrix.cells) {
    // Neither is there for lists of the whole cluster and for those that succeeded.
    cell.namespace ??= '';
    cell.message ??= '';
  }
  for (const item of answer.backstage.items) {
    for (const list of item.resources) {
      list.resources = readObjects(list.type, list.resources);
    }
    // Each metric has the whole pod along, which is there already.
    for (const metrics of item.podMetrics) {
      const { name, namespace } = metrics.pod.metadata ?? {};
      metrics.pod = { metadata: { name, namespace } };
    }
  }
  return answer;
}

function namespacePath(namespace: string): string {
  return `${BASE}/proxy/api/v1/namespaces/${encodeURIComponent(namespace)}`;
}

export async function loadEvents(
  cluster: Cluster,
  namespace: string,
  uid: string,
  signal: AbortSignal,
): Promise<KubeEvent[]> {
  const selector = encodeURIComponent(`involvedObject.uid=${uid}`);
  const path = `${namespacePath(namespace)}/events?fieldSelector=${selector}&limit=200`;
  const list = await requestJson<{ items?: unknown }>(path, {
    headers: proxyHeaders(cluster),
    signal,
  });
  return readEvents(list.items);
}

export interface LogRequest {
  namespace: string;
  pod: string;
  container: string;
  previous: boolean;
  follow: boolean;
  tailLines: number;
  /** Asks for what came at or after this time, instead of for the last lines. */
  sinceTime?: string;
}

/** Opens a log. Times always come along: they are what a broken log goes on from. */
export function openLog(cluster: Cluster, log: LogRequest, signal: AbortSignal): Promise<Response> {
  const query = new URLSearchParams({ container: log.container, timestamps: 'true' });
  if (log.previous) {
    query.set('previous', 'true');
  } else if (log.follow) {
    query.set('follow', 'true');
  }
  if (log.sinceTime === undefined) {
    query.set('tailLines', String(log.tailLines));
  } else {
    query.set('sinceTime', log.sinceTime);
  }
  const path = `${namespacePath(log.namespace)}/pods/${encodeURIComponent(log.pod)}/log?${query}`;
  return request(path, { headers: proxyHeaders(cluster), signal });
}
