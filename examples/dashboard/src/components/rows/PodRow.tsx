import type { Row } from '../../model/rows';
import { type Target, podTarget, sameTarget } from '../../state/urlState';
import { AgeCell, Opener, RunCells, StatusCell } from './cells';

interface Props {
  rowIndex: number;
  row: Extract<Row, { type: 'pod' }>;
  now: number;
  target: Target | undefined;
  onOpen: (target: Target) => void;
}

export function PodRow({ rowIndex, row: { key, pod }, now, target, onOpen }: Props) {
  const { verdict, readyContainers, containers, restarts } = pod.summary;
  const own = podTarget(pod);
  const selected = sameTarget(own, target);
  return (
    <div role="row" aria-rowindex={rowIndex} className={`row pod ${selected ? 'selected' : ''}`}>
      <div role="rowheader" className="cell name">
        <Opener
          rowKey={key}
          kind="Pod"
          name={pod.name}
          selected={selected}
          onOpen={() => onOpen(own)}
        />
      </div>
      <StatusCell verdict={verdict} />
      <RunCells
        ready={`${readyContainers}/${containers}`}
        isShort={readyContainers < containers && verdict.health !== 'finished'}
        restarts={restarts}
        load={pod.load}
      />
      <AgeCell created={pod.pod.metadata?.creationTimestamp} now={now} />
    </div>
  );
}
