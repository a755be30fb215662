import { vi } from 'vitest';
import type { Cluster, Entity, LookupAnswer } from '../src/api/types';

export function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status });
}

export function backendError(status: number, name: string, message: string): Response {
  return json({ error: { name, message } }, status);
}

export interface FakeBackend {
  clusters: Cluster[] | (() => Response);
  entities: Entity[] | (() => Response);
  lookup: LookupAnswer | (() => Response | Promise<Response>);
  proxy: (path: string, headers: Headers) => Response | Promise<Response>;
  /** What was asked: method and path of each request. */
  asked: { path: string; headers: Headers; body: string; signal: AbortSignal | undefined }[];
}

const ENTITIES: Entity[] = ['order-service', 'mail-service', 'billing'].map((name) => ({
  ref: `component:default/${name}`,
  kind: 'Component',
  namespace: 'default',
  name,
}));

function respond(part: unknown): Response | Promise<Response> {
  return typeof part === 'function' ? (part as () => Response)() : json(part);
}

/** Takes the place of fetch with a backend whose parts a test may change at any time. */
export function fakeBackend(parts: Partial<FakeBackend> = {}): FakeBackend {
  const backend: FakeBackend = {
    clusters: [{ name: 'prod', authProvider: 'serviceAccount' }],
    entities: ENTITIES,
    lookup: {
      matrix: { entity: '', complete: true, cells: [], problems: [] },
      backstage: { items: [] },
    },
    proxy: () => json({ items: [] }),
    asked: [],
    ...parts,
  };
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    const body = typeof init.body === 'string' ? init.body : '';
    backend.asked.push({ path, headers, body, signal: init.signal ?? undefined });
    if (path.startsWith('api/kubernetes/proxy/')) {
      return backend.proxy(path, headers);
    }
    switch (path.split('?')[0]) {
      case 'api/kubernetes/clusters':
        return respond(
          typeof backend.clusters === 'function' ? backend.clusters : { items: backend.clusters },
        );
      case 'api/kubernetes/followspot/entities':
        return respond(
          typeof backend.entities === 'function' ? backend.entities : { items: backend.entities },
        );
      case 'api/kubernetes/followspot/lookup':
        return respond(backend.lookup);
      default:
        return new Response('', { status: 404 });
    }
  });
  return backend;
}
