import { factsOf } from '../../model/facts';
import { kindOf } from '../../model/kinds';
import type { Row } from '../../model/rows';
import { shorten } from '../../model/text';
import { type Target, objectTarget, sameTarget } from '../../state/urlState';
import { HealthBadge } from '../HealthBadge';
import { AgeCell, Opener } from './cells';

interface Props {
  rowIndex: number;
  row: Extract<Row, { type: 'object' }>;
  now: number;
  target: Target | undefined;
  onOpen: (target: Target) => void;
}

export function ObjectRow({ rowIndex, row: { key, object: view }, now, target, onOpen }: Props) {
  const { type, object, name, verdict } = view;
  const own = objectTarget(view);
  const selected = sameTarget(own, target);
  const kind = kindOf(type, object);
  return (
    <div role="row" aria-rowindex={rowIndex} className={`row object ${selected ? 'selected' : ''}`}>
      <div role="rowheader" className="cell name">
        <Opener
          rowKey={key}
          kind={kind}
          name={name}
          selected={selected}
          onOpen={() => onOpen(own)}
        />
        <span className="kind">{shorten(kind, 40)}</span>
      </div>
      <div role="cell" aria-colspan={5} className="cell status facts">
        {verdict !== undefined && <HealthBadge verdict={verdict} />}
        <span className="message muted">{shorten(factsOf(type, object), 160)}</span>
      </div>
      <AgeCell created={object.metadata?.creationTimestamp} now={now} />
    </div>
  );
}
