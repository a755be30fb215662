import type { Cluster } from '../../api/types';
import { isProblem } from '../../model/health';
import { plural } from '../../model/quantity';
import type { Row } from '../../model/rows';
import { shorten } from '../../model/text';
import { typeLabel } from '../../model/kinds';
import type { Target } from '../../state/urlState';
import { Icon } from '../Icon';
import { ClusterRow, NamespaceRow } from './HeadingRows';
import { ObjectRow } from './ObjectRow';
import { PodRow } from './PodRow';
import { WorkloadRow } from './WorkloadRow';

export interface RowProps {
  row: Row;
  index: number;
  now: number;
  clusters: readonly Cluster[];
  target: Target | undefined;
  onToggle: (open: boolean) => void;
  onOpen: (target: Target) => void;
}

export function RowView({ row, index, now, clusters, target, onToggle, onOpen }: RowProps) {
  const rowIndex = index + 2;
  switch (row.type) {
    case 'cluster':
      return (
        <ClusterRow
          rowIndex={rowIndex}
          cluster={row.cluster}
          known={clusters.find(({ name }) => name === row.cluster.name)}
        />
      );
    case 'namespace':
      return <NamespaceRow rowIndex={rowIndex} namespace={row.namespace} note={row.note} />;
    case 'workload':
      return <WorkloadRow {...{ rowIndex, row, now, target, onToggle, onOpen }} />;
    case 'pod':
      return <PodRow {...{ rowIndex, row, now, target, onOpen }} />;
    case 'others': {
      const counts = new Map<string, number>();
      for (const { type, object } of row.namespace.others) {
        const label = typeLabel(type, object);
        counts.set(label, (counts.get(label) ?? 0) + 1);
      }
      const problems = row.namespace.others.filter(
        ({ verdict }) => verdict !== undefined && isProblem(verdict.health),
      ).length;
      const told = [...counts].map(([label, count]) => `${label} ${count}`).join(' · ');
      return (
        <div role="row" aria-rowindex={rowIndex} className="row wide others">
          <div role="cell" aria-colspan={7} className="cell">
            <button
              type="button"
              className="expander"
              aria-expanded={row.open}
              onClick={() => onToggle(!row.open)}
            >
              <Icon name="chevron" className={row.open ? 'open' : ''} />
              {plural(row.namespace.others.length, 'other object')}
              <span className="visually-hidden"> in {row.namespace.namespace}</span>
            </button>
            {problems > 0 && <span className="bad">{plural(problems, 'problem')}</span>}
            <span className="muted ellipsis">{shorten(told, 200)}</span>
          </div>
        </div>
      );
    }
    case 'object':
      return <ObjectRow {...{ rowIndex, row, now, target, onOpen }} />;
  }
}
