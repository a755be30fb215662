import type { WorkloadView } from '../../model/group';
import { kindOf } from '../../model/kinds';
import { plural } from '../../model/quantity';
import type { Row } from '../../model/rows';
import { sumLoads } from '../../model/usage';
import { type Target, sameTarget } from '../../state/urlState';
import { Icon } from '../Icon';
import { AgeCell, Opener, RunCells, StatusCell } from './cells';
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
          <Opener
            rowKey={key}
            kind={kind}
            name={name}
            selected={selected}
            onOpen={() => onOpen(own)}
          />
        )}
        <span className="kind">{kind}</span>
      </div>
      <StatusCell verdict={verdict} />
      <RunCells
        ready={<ReadyCell workload={workload} />}
        isShort={isShort}
        restarts={restarts}
        load={{
          cpu: sumLoads(loads.map(({ cpu }) => cpu)),
          memory: sumLoads(loads.map(({ memory }) => memory)),
        }}
      />
      <AgeCell created={object?.metadata?.creationTimestamp} now={now} />
    </div>
  );
}
