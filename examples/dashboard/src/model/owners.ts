import type { KubeObject, OwnerReference, Pod } from '../api/types';
import { objectVerdict } from './workloadHealth';

export const WORKLOADS = new Set(['deployments', 'statefulsets', 'daemonsets', 'jobs', 'cronjobs']);

export interface Listed {
  type: string;
  object: KubeObject;
}

type ByUid = ReadonlyMap<string, Listed>;

/** Owners are in the namespace of what they own, which a cluster might not care about. */
function uidKey(object: KubeObject, uid: string | undefined): string {
  return `${object.metadata?.namespace ?? ''}/${uid ?? ''}`;
}

export function indexByUid(listed: readonly Listed[]): ByUid {
  return new Map(
    listed.flatMap((one): [string, Listed][] => {
      const uid = one.object.metadata?.uid;
      return uid ? [[uidKey(one.object, uid), one]] : [];
    }),
  );
}

function ownerReference({ metadata }: KubeObject): OwnerReference | undefined {
  const owners = metadata?.ownerReferences ?? [];
  return owners.find(({ controller }) => controller) ?? owners[0];
}

export function ownerOf(object: KubeObject, byUid: ByUid): Listed | undefined {
  return byUid.get(uidKey(object, ownerReference(object)?.uid));
}

/** Follows owners up to one that is shown, over replica sets and over the jobs of cron jobs. */
export function shownOwner(object: KubeObject, byUid: ByUid): Listed | undefined {
  let shown: Listed | undefined;
  let found = ownerOf(object, byUid);
  for (let depth = 0; found !== undefined && depth < 8; depth++) {
    if (WORKLOADS.has(found.type) || found.type === 'replicasets') {
      shown = found;
    }
    found = ownerOf(found.object, byUid);
  }
  return shown;
}

/** Kinds that put a new pod in the place of one that ended. */
const REPLACING = new Set([
  'Deployment',
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
  'DaemonSet',
]);

/** Pods of a job that completed or was suspended are tries of old; those of one that failed tell why. */
export function hasEnded({ status, ...pod }: Pod, owner: Listed | undefined, now: number): boolean {
  if (status?.phase !== 'Failed' && status?.phase !== 'Succeeded') {
    return false;
  }
  if (owner?.type === 'jobs') {
    const job = objectVerdict(owner.type, owner.object, now);
    return status.phase === 'Failed' && job?.health === 'finished';
  }
  return REPLACING.has(ownerReference(pod)?.kind ?? '');
}
