import { type Health, HEALTHS } from '../model/health';
import type { ObjectView, PodView } from '../model/group';

export type View = 'details' | 'events' | 'log' | 'yaml';

/** What the panel shows: a pod, or an object of another type. */
export interface Target {
  cluster: string;
  namespace: string;
  /** `pods`, or another type; the kind for custom resources. */
  type: string;
  name: string;
}

/** Everything of the page that a link can tell. */
export interface UrlState {
  entity: string;
  query: string;
  namespaces: string[];
  clusters: string[];
  healths: Health[];
  target: Target | undefined;
  view: View;
  container: string;
}

const VIEWS: readonly string[] = ['details', 'events', 'log', 'yaml'] satisfies View[];

function parts(text: string | null, count: number): string[] | undefined {
  const found = text?.split('/') ?? [];
  try {
    return found.length === count ? found.map(decodeURIComponent) : undefined;
  } catch {
    // A percent sign that starts nothing: a link that was cut off.
    return undefined;
  }
}

function parseTarget(params: URLSearchParams): Target | undefined {
  const pod = parts(params.get('pod'), 3);
  if (pod !== undefined) {
    const [cluster = '', namespace = '', name = ''] = pod;
    return { cluster, namespace, type: 'pods', name };
  }
  const object = parts(params.get('object'), 4);
  if (object !== undefined) {
    const [cluster = '', namespace = '', type = '', name = ''] = object;
    return { cluster, namespace, type, name };
  }
  return undefined;
}

const REF = /^([^:/]+):(?:([^:/]+)\/)?([^:/]+)$/;

/** The reference as the catalog writes it: links may have capitals, and leave out the default namespace. */
function parseRef(text: string): string {
  const [, kind, namespace = 'default', name] = REF.exec(text) ?? [];
  return kind === undefined ? text : `${kind}:${namespace}/${name}`.toLowerCase();
}

export function parseUrl(search: string): UrlState {
  const params = new URLSearchParams(search);
  const view = params.get('view') ?? '';
  return {
    entity: parseRef(params.get('entity') ?? ''),
    query: params.get('q') ?? '',
    namespaces: params.getAll('namespace'),
    clusters: params.getAll('cluster'),
    healths: HEALTHS.filter((health) => params.getAll('health').includes(health)),
    target: parseTarget(params),
    view: VIEWS.includes(view) ? (view as View) : 'details',
    container: params.get('container') ?? '',
  };
}

/** Colons and slashes may stay as they are in a query, and read better. */
function readable(query: string): string {
  return query.replace(/%3A/gi, ':').replace(/%2F/gi, '/');
}

export function formatUrl(state: UrlState): string {
  const params = new URLSearchParams();
  if (state.entity !== '') {
    params.set('entity', state.entity);
  }
  state.clusters.forEach((cluster) => params.append('cluster', cluster));
  state.namespaces.forEach((namespace) => params.append('namespace', namespace));
  state.healths.forEach((health) => params.append('health', health));
  if (state.query !== '') {
    params.set('q', state.query);
  }
  if (state.target !== undefined) {
    const { cluster, namespace, type, name } = state.target;
    const isPod = type === 'pods';
    const path = isPod ? [cluster, namespace, name] : [cluster, namespace, type, name];
    params.set(isPod ? 'pod' : 'object', path.map(encodeURIComponent).join('/'));
    if (state.view !== 'details') {
      params.set('view', state.view);
    }
    if (state.container !== '') {
      params.set('container', state.container);
    }
  }
  const query = readable(params.toString());
  return query === '' ? '' : `?${query}`;
}

export function podTarget({ cluster, namespace, name }: PodView): Target {
  return { cluster, namespace, type: 'pods', name };
}

export function objectTarget({ cluster, namespace, type, object, name }: ObjectView): Target {
  const isCustom = type === 'customresources';
  return { cluster, namespace, type: isCustom ? (object.kind ?? type) : type, name };
}

export function sameTarget(a: Target | undefined, b: Target | undefined): boolean {
  return (
    a?.cluster === b?.cluster &&
    a?.namespace === b?.namespace &&
    a?.type === b?.type &&
    a?.name === b?.name
  );
}
