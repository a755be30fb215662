import { formatAge } from '../../model/age';
import { isProblem } from '../../model/health';
import { formatBytes, formatCpu } from '../../model/quantity';
import type { Row } from '../../model/rows';
import { shorten } from '../../model/text';
import { type Target, podTarget, sameTarget } from '../../state/urlState';
import { HealthBadge } from '../HealthBadge';
import { UsageBar } from '../UsageBar';

interface Props {
  rowIndex: number;
  row: Extract<Row, { type: 'pod' }>;
  now: number;
  target: Target | undefined;
  onOpen: (target: Target) => void;
}

export function PodRow({ rowIndex, row: { key, pod }, now, target, onOpen }: Props) {
  const { name, summary, load } = pod;
  const { verdict, readyContainers, containers, restarts } = summary;
  const own = podTarget(pod);
  const selected = sameTarget(own, target);
  const created = pod.pod.metadata?.creationTimestamp;
  return (
    <div role="row" aria-rowindex={rowIndex} className={`row pod ${selected ? 'selected' : ''}`}>
      <div role="rowheader" className="cell name">
        <button
          type="button"
          className="opener"
          data-key={key}
          aria-label={`Pod ${shorten(name, 120)}`}
          aria-current={selected}
          title={name}
          onClick={() => onOpen(own)}
        >
          {shorten(name, 253)}
        </button>
      </div>
      <div role="cell" className="cell status">
        <HealthBadge verdict={verdict} />
        {isProblem(verdict.health) && (
          <span className="message muted">{shorten(verdict.message, 160)}</span>
        )}
      </div>
      <div
        role="cell"
        className={`cell num ready ${readyContainers < containers && verdict.health !== 'finished' ? 'short' : ''}`}
      >
        {readyContainers}/{containers}
      </div>
      <div role="cell" className={`cell num restarts ${restarts > 0 ? 'some' : ''}`}>
        {restarts}
      </div>
      <div role="cell" className="cell cpu">
        <UsageBar label="CPU" load={load?.cpu} format={formatCpu} />
      </div>
      <div role="cell" className="cell memory">
        <UsageBar label="Memory" load={load?.memory} format={formatBytes} />
      </div>
      <div role="cell" className="cell num age" title={created}>
        {formatAge(created, now)}
      </div>
    </div>
  );
}
