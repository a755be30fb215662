import type { Cell, KubeObject } from '../api/types';

interface KindName {
  kind: string;
  apiVersion: string;
  label: string;
}

function named(kind: string, apiVersion: string, label: string): KindName {
  return { kind, apiVersion, label };
}

/** Backstage's answer leaves kind and apiVersion of built-in types out, as lists of API servers do. */
const KINDS: Record<string, KindName> = {
  pods: named('Pod', 'v1', 'Pods'),
  services: named('Service', 'v1', 'Services'),
  configmaps: named('ConfigMap', 'v1', 'Config maps'),
  secrets: named('Secret', 'v1', 'Secrets'),
  limitranges: named('LimitRange', 'v1', 'Limit ranges'),
  resourcequotas: named('ResourceQuota', 'v1', 'Resource quotas'),
  persistentvolumes: named('PersistentVolume', 'v1', 'Persistent volumes'),
  persistentvolumeclaims: named('PersistentVolumeClaim', 'v1', 'Volume claims'),
  deployments: named('Deployment', 'apps/v1', 'Deployments'),
  replicasets: named('ReplicaSet', 'apps/v1', 'Replica sets'),
  statefulsets: named('StatefulSet', 'apps/v1', 'Stateful sets'),
  daemonsets: named('DaemonSet', 'apps/v1', 'Daemon sets'),
  jobs: named('Job', 'batch/v1', 'Jobs'),
  cronjobs: named('CronJob', 'batch/v1', 'Cron jobs'),
  ingresses: named('Ingress', 'networking.k8s.io/v1', 'Ingresses'),
  horizontalpodautoscalers: named('HorizontalPodAutoscaler', 'autoscaling/v2', 'Autoscalers'),
};

export function kindOf(type: string, object?: KubeObject): string {
  return object?.kind ?? KINDS[type]?.kind ?? type;
}

export function typeLabel(type: string, object?: KubeObject): string {
  return KINDS[type]?.label ?? object?.kind ?? type;
}

function groupOf({ apiVersion }: KindName): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
}

/** Names of types are plurals of kinds in lower case, as Kubernetes itself guesses them. */
function pluralOf(kind: string): string {
  const lower = kind.toLowerCase();
  return lower.endsWith('s')
    ? `${lower}es`
    : lower.endsWith('y')
      ? `${lower.slice(0, -1)}ies`
      : `${lower}s`;
}

/** Whether the list is one of objects of that type, which is a kind for custom resources; `*` stands for all types. */
export function isListOf(cell: Cell, type: string): boolean {
  if (cell.plural === '*') {
    return true;
  }
  const known = KINDS[type];
  if (known !== undefined) {
    return cell.plural === type && cell.group === groupOf(known);
  }
  const builtIn = KINDS[cell.plural];
  const isCustom = builtIn === undefined || groupOf(builtIn) !== cell.group;
  return isCustom && cell.plural === pluralOf(type);
}

/** The object with kind and apiVersion in front; the version is the one that its own cluster was asked in. */
export function withKind(
  type: string,
  object: KubeObject,
  cluster: string,
  cells: readonly Cell[],
): KubeObject {
  const cell = cells.find(
    (one) => one.cluster === cluster && one.plural !== '*' && isListOf(one, type),
  );
  const asked = cell && (cell.group === '' ? cell.apiVersion : `${cell.group}/${cell.apiVersion}`);
  const apiVersion = object.apiVersion ?? asked ?? KINDS[type]?.apiVersion;
  const kind = object.kind ?? KINDS[type]?.kind;
  return { ...(apiVersion && { apiVersion }), ...(kind && { kind }), ...object };
}
