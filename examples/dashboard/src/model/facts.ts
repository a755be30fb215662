import { isFields } from '../api/shape';
import type { KubeObject } from '../api/types';
import { replicasOf } from './workloadHealth';

type Fields = Record<string, unknown>;

function list(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

/** Text of a field, if it holds one; anything may be in a custom resource. */
function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function joined(parts: readonly string[]): string {
  const told = parts.filter((part) => part !== '');
  return told.slice(0, 4).join(', ') + (told.length > 4 ? ` and ${told.length - 4} more` : '');
}

function service({ spec }: KubeObject): string {
  const ports = list(spec?.ports).map(
    ({ port, protocol }) => `${text(port)}/${text(protocol) || 'TCP'}`,
  );
  return joined([text(spec?.type) || 'ClusterIP', ...ports]);
}

function ingress({ spec }: KubeObject): string {
  return joined(list(spec?.rules).map(({ host }) => text(host) || '*'));
}

function autoscaler({ spec, status }: KubeObject): string {
  const between = `${text(spec?.minReplicas) || '1'}–${text(spec?.maxReplicas)}`;
  return `${text(status?.currentReplicas) || '0'} replicas, of ${between}`;
}

function quota({ spec, status }: KubeObject): string {
  const used = isFields(status?.used) ? status.used : {};
  const hard = [status?.hard, spec?.hard].find(isFields) ?? {};
  return joined(
    Object.keys(hard).map((key) => `${key} ${text(used[key]) || '?'}/${text(hard[key])}`),
  );
}

function keys(object: KubeObject): string {
  const names = isFields(object.data) ? Object.keys(object.data) : [];
  return names.length === 0 ? 'no keys' : joined(names);
}

/** What is worth a glance in an object, in one line. */
export function factsOf(type: string, object: KubeObject): string {
  const replicas = replicasOf(type, object);
  if (replicas !== undefined) {
    return `${replicas.ready} of ${replicas.wanted} ready`;
  }
  switch (type) {
    case 'services':
      return service(object);
    case 'ingresses':
      return ingress(object);
    case 'horizontalpodautoscalers':
      return autoscaler(object);
    case 'resourcequotas':
      return quota(object);
    case 'configmaps':
    case 'secrets':
      return keys(object);
    case 'cronjobs':
      return text(object.spec?.schedule);
    default:
      return '';
  }
}
