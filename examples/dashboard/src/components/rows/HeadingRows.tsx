import type { Cluster } from '../../api/types';
import { totalsOf } from '../../model/filter';
import { isGap } from '../../model/gaps';
import { isListOf } from '../../model/kinds';
import type { ClusterView, NamespaceView } from '../../model/group';
import { formatCount, plural } from '../../model/quantity';
import type { Note } from '../../model/rows';
import { httpUrl, shorten } from '../../model/text';
import { Icon } from '../Icon';

interface ClusterProps {
  rowIndex: number;
  cluster: ClusterView;
  known: Cluster | undefined;
}

/** Pods that could not be read may be there all the same. */
function noPods(clusters: ClusterView[]): string {
  const cells = clusters.flatMap(({ namespaces }) => namespaces.flatMap((one) => one.cells));
  return cells.some((cell) => isListOf(cell, 'pods') && isGap(cell)) ? 'pods not known' : 'no pods';
}

function Counts({ clusters }: { clusters: ClusterView[] }) {
  const { pods, readyPods, finishedPods, endedPods, problems } = totalsOf(clusters);
  return (
    <span className="muted">
      {pods > 0
        ? `${readyPods} of ${plural(pods - finishedPods - endedPods, 'pod')} ready`
        : noPods(clusters)}
      {endedPods > 0 && ` · ${formatCount(endedPods)} ended`}
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
  note: Note | undefined;
}

export function NamespaceRow({ rowIndex, namespace, note }: NamespaceProps) {
  const isClusterWide = namespace.namespace === '';
  return (
    <div role="row" aria-rowindex={rowIndex} className="row wide namespace">
      <div role="rowheader" aria-colspan={7} className="cell">
        <h3>
          <span className="visually-hidden">Namespace </span>
          {isClusterWide ? 'Cluster-wide' : shorten(namespace.namespace, 63)}
        </h3>
        <Counts clusters={[{ name: namespace.cluster, namespaces: [namespace] }]} />
        {note !== undefined && (
          <span className={`note ${note.bad ? 'bad' : 'muted'}`}>
            {note.bad && <Icon name="warning" />}
            {shorten(note.text, 400)}
          </span>
        )}
      </div>
    </div>
  );
}
