import type { Cluster, KubeObject } from '../../api/types';
import { formatAge } from '../../model/age';
import { factsOf } from '../../model/facts';
import { type Verdict, isProblem } from '../../model/health';
import { conditionsOf, replicasOf } from '../../model/workloadHealth';
import { useNow } from '../../state/useNow';
import { Conditions } from './Conditions';
import { Events } from './Events';
import { Facts } from './Facts';
import { Labels } from './Labels';
import { VerdictLine } from './VerdictLine';

interface Props {
  type: string;
  object: KubeObject;
  verdict: Verdict | undefined;
  cluster: Cluster;
}

export function ownersOf(object: KubeObject): string {
  const owners = object.metadata?.ownerReferences ?? [];
  return owners.map(({ kind = '', name = '' }) => `${kind} ${name}`).join(', ');
}

/** Anything but a pod. */
export function ObjectDetails({ type, object, verdict, cluster }: Props) {
  const now = useNow();
  const replicas = replicasOf(type, object);
  const { creationTimestamp, labels, annotations } = object.metadata ?? {};
  return (
    <>
      {verdict !== undefined && <VerdictLine verdict={verdict} />}
      <Facts
        facts={[
          ['Replicas wanted', replicas && String(replicas.wanted)],
          ['Replicas ready', replicas && String(replicas.ready)],
          ['Replicas up to date', replicas?.upToDate?.toString()],
          ['In short', replicas === undefined ? factsOf(type, object) : undefined],
          ['Owner', ownersOf(object)],
          ['Age', formatAge(creationTimestamp, now)],
          ['Created', creationTimestamp],
        ]}
      />
      <Conditions conditions={conditionsOf(object)} />
      {verdict !== undefined && isProblem(verdict.health) && (
        <Events object={object} cluster={cluster} />
      )}
      <Labels title="Labels" labels={labels} />
      <Labels title="Annotations" labels={annotations} />
    </>
  );
}
