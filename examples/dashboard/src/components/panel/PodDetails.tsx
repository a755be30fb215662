import type { Cluster } from '../../api/types';
import { formatAge } from '../../model/age';
import { isProblem } from '../../model/health';
import type { PodView } from '../../model/group';
import { conditionsOf } from '../../model/workloadHealth';
import { useNow } from '../../state/useNow';
import { Conditions } from './Conditions';
import { ContainerList } from './ContainerList';
import { Events } from './Events';
import { Facts } from './Facts';
import { Labels } from './Labels';
import { ownersOf } from './ObjectDetails';
import { VerdictLine } from './VerdictLine';

interface Props {
  view: PodView;
  cluster: Cluster;
  onLog: (container: string) => void;
}

export function PodDetails({ view, cluster, onLog }: Props) {
  const now = useNow();
  const { pod, summary, load } = view;
  const { metadata, spec, status } = pod;
  return (
    <>
      <VerdictLine verdict={summary.verdict} />
      <Facts
        facts={[
          ['Phase', status?.phase],
          ['Ready', `${summary.readyContainers} of ${summary.containers} containers`],
          ['Restarts', String(summary.restarts)],
          ['Age', formatAge(metadata?.creationTimestamp, now)],
          ['Node', spec?.nodeName],
          ['IP', status?.podIP],
          ['Owner', ownersOf(pod)],
        ]}
      />
      <ContainerList pod={pod} load={load} onLog={onLog} />
      <Conditions conditions={conditionsOf(pod)} />
      {isProblem(summary.verdict.health) && <Events object={pod} cluster={cluster} />}
      <Labels title="Labels" labels={metadata?.labels} />
      <Labels title="Annotations" labels={metadata?.annotations} />
    </>
  );
}
