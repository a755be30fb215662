import { formatAge } from '../../model/age';
import { isProblem } from '../../model/health';
import type { WorkloadView } from '../../model/group';
import { kindOf } from '../../model/kinds';
import { formatBytes, formatCpu, plural } from '../../model/quantity';
import type { Row } from '../../model/rows';
import { shorten } from '../../model/text';
import { sumLoads } from '../../model/usage';
import { type Target, sameTarget } from '../../state/urlState';
import { HealthBadge } from '../HealthBadge';
import { Icon } from '../Icon';
import { UsageBar } from '../UsageBar';
import { workloadTarget } from './targets';

interface Props {
  rowIndex: number;
  row: Extract<Row, { type: 'workload' }>;
  now: number;
  target: Target | undefined;
  onToggle: (open: boolean) => void;
  onOpen: (target: Target) => void;
}

function ReadyCell({ workload: { replicas, pods } }: { workload: WorkloadView }) {
  if (replicas === undefined) {
    const ready = pods.filter(({ summary }) => summary.ready).length;
    const running = pods.filter(({ summary }) => summary.verdict.health !== 'finished').length;
    return running === 0 ? '–' : `${ready}/${running}`;
  }
  const { ready, wanted, upToDate, toUpdate } = replicas;
  return (
    <>
      {ready}/{wanted}
      {upToDate !== undefined && upToDate < toUpdate && (
        <small title={`${upToDate} of ${toUpdate} are up to date`}>
          {' '}
          ↻{upToDate}
          <span className="visually-hidden"> up to date</span>
        </small>
      )}
    </>
  );
}

export function WorkloadRow({ rowIndex, row, now, target, onToggle, onOpen }: Props) {
  const { workload, open, key } = row;
  const { type, object, name, verdict, pods, replicas } = workload;
  const own = workloadTarget(workload);
  const selected = own !== undefined && sameTarget(own, target);
  const kind = object === undefined ? 'Pods' : kindOf(type, object);
  const isShort = replicas !== undefined && replicas.ready < replicas.wanted;
  const loads = pods.flatMap(({ load }) => load ?? []);
  const restarts = pods.reduce((sum, { summary }) => sum + summary.restarts, 0);
  const created = object?.metadata?.creationTimestamp;
  const title = own === undefined ? 'Pods without a known owner' : name;
  return (
    <div
      role="row"
      aria-rowindex={rowIndex}
      className={`row workload ${selected ? 'selected' : ''}`}
    >
      <div role="rowheader" className="cell name">
        {pods.length > 0 ? (
          <button
            type="button"
            className="expander"
            aria-expanded={open}
            aria-label={`${plural(pods.length, 'pod')} of ${title}`}
            onClick={() => onToggle(!open)}
          >
            <Icon name="chevron" className={open ? 'open' : ''} />
          </button>
        ) : (
          <span className="expander-space" />
        )}
        {own === undefined ? (
          <span className="opener">{title}</span>
        ) : (
          <button
            type="button"
            className="opener"
            data-key={key}
            aria-label={`${kind} ${shorten(name, 120)}`}
            aria-current={selected}
            title={name}
            onClick={() => onOpen(own)}
          >
            {shorten(name, 253)}
          </button>
        )}
        <span className="kind">{kind}</span>
      </div>
      <div role="cell" className="cell status">
        <HealthBadge verdict={verdict} />
        {isProblem(verdict.health) && (
          <span className="message muted">{shorten(verdict.message, 160)}</span>
        )}
      </div>
      <div role="cell" className={`cell num ready ${isShort ? 'short' : ''}`}>
        <ReadyCell workload={workload} />
      </div>
      <div role="cell" className={`cell num restarts ${restarts > 0 ? 'some' : ''}`}>
        {restarts}
      </div>
      <div role="cell" className="cell cpu">
        <UsageBar label="CPU" load={sumLoads(loads.map(({ cpu }) => cpu))} format={formatCpu} />
      </div>
      <div role="cell" className="cell memory">
        <UsageBar
          label="Memory"
          load={sumLoads(loads.map(({ memory }) => memory))}
          format={formatBytes}
        />
      </div>
      <div role="cell" className="cell num age" title={created}>
        {formatAge(created, now)}
      </div>
    </div>
  );
}
