import type { Cluster } from '../../api/types';
import { totalsOf } from '../../model/filter';
import type { ClusterView, NamespaceView } from '../../model/group';
import { plural } from '../../model/quantity';
import { httpUrl, shorten } from '../../model/text';
import { Icon } from '../Icon';

interface ClusterProps {
  rowIndex: number;
  cluster: ClusterView;
  known: Cluster | undefined;
}

function Counts({ clusters }: { clusters: ClusterView[] }) {
  const { pods, readyPods, finishedPods, problems } = totalsOf(clusters);
  return (
    <span className="muted">
      {pods > 0 ? `${readyPods} of ${plural(pods - finishedPods, 'pod')} ready` : 'no pods'}
      {problems > 0 && <span className="bad"> · {plural(problems, 'problem')}</span>}
    </span>
  );
}

export function ClusterRow({ rowIndex, cluster, known }: ClusterProps) {
  const url = httpUrl(known?.dashboardUrl);
  const title = known?.title ?? cluster.name;
  return (
    <div role="row" aria-rowindex={rowIndex} className="row wide cluster">
      <div role="rowheader" aria-colspan={7} className="cell">
        <h2>
          <span className="visually-hidden">Cluster </span>
          {shorten(title, 80)}
        </h2>
        {title !== cluster.name && <span className="mono muted">{shorten(cluster.name, 80)}</span>}
        <Counts clusters={[cluster]} />
        {url !== undefined && (
          <a href={url} target="_blank" rel="noopener noreferrer" className="external">
            Dashboard
            <Icon name="external" />
            <span className="visually-hidden"> of {title} (new tab)</span>
          </a>
        )}
      </div>
    </div>
  );
}

interface NamespaceProps {
  rowIndex: number;
  namespace: NamespaceView;
}

export function NamespaceRow({ rowIndex, namespace }: NamespaceProps) {
  const isClusterWide = namespace.namespace === '';
  return (
    <div role="row" aria-rowindex={rowIndex} className="row wide namespace">
      <div role="rowheader" aria-colspan={7} className="cell">
        <h3>
          <span className="visually-hidden">Namespace </span>
          {isClusterWide ? 'Cluster-wide' : shorten(namespace.namespace, 63)}
        </h3>
        <Counts clusters={[{ name: namespace.cluster, namespaces: [namespace], errors: [] }]} />
      </div>
    </div>
  );
}
