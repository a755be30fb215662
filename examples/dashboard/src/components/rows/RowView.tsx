import type { Cluster } from '../../api/types';
import { isOwnProblem } from '../../model/group';
import { plural } from '../../model/quantity';
import type { Row } from '../../model/rows';
import { shorten } from '../../model/text';
import { kindOf, typeLabel } from '../../model/kinds';
import type { Target } from '../../state/urlState';
import { CannotShow } from '../CannotShow';
import { ErrorBoundary } from '../ErrorBoundary';
import { Icon } from '../Icon';
import { ClusterRow, NamespaceRow } from './HeadingRows';
import { ObjectRow } from './ObjectRow';
import { PodRow } from './PodRow';
import { WorkloadRow } from './WorkloadRow';

interface RowProps {
  row: Row;
  index: number;
  now: number;
  clusters: readonly Cluster[];
  target: Target | undefined;
  onToggle: (open: boolean) => void;
  onOpen: (target: Target) => void;
}

function nameOf(row: Row): string {
  switch (row.type) {
    case 'cluster':
      return `Cluster ${row.cluster.name}`;
    case 'namespace':
      return `Namespace ${row.namespace.namespace}`;
    case 'others':
      return `Other objects in ${row.namespace.namespace}`;
    case 'workload':
      return `${kindOf(row.workload.type)} ${row.workload.name}`;
    case 'pod':
      return `Pod ${row.pod.name}`;
    case 'object':
      return `${kindOf(row.object.type)} ${row.object.name}`;
  }
}

/** A row that cannot be shown says what it is of, and leaves the others alone. */
export function RowView(props: RowProps) {
  const { row, index } = props;
  return (
    <ErrorBoundary
      shows={row}
      fallback={(error) => (
        <div role="row" aria-rowindex={index + 2} className="row wide">
          <div role="cell" aria-colspan={7} className="cell">
            <CannotShow what={nameOf(row)} error={error} />
          </div>
        </div>
      )}
    >
      <RowContent {...props} />
    </ErrorBoundary>
  );
}

function RowContent({ row, index, now, clusters, target, onToggle, onOpen }: RowProps) {
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
      const problems = row.namespace.others.filter(isOwnProblem).length;
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
