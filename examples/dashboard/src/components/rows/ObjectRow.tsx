import { formatAge } from '../../model/age';
import { factsOf } from '../../model/facts';
import { kindOf } from '../../model/kinds';
import type { Row } from '../../model/rows';
import { shorten } from '../../model/text';
import { type Target, objectTarget, sameTarget } from '../../state/urlState';
import { HealthBadge } from '../HealthBadge';

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
  const created = object.metadata?.creationTimestamp;
  return (
    <div role="row" aria-rowindex={rowIndex} className={`row object ${selected ? 'selected' : ''}`}>
      <div role="rowheader" className="cell name">
        <button
          type="button"
          className="opener"
          data-key={key}
          aria-label={`${kind} ${shorten(name, 253)}`}
          aria-current={selected}
          title={name}
          onClick={() => onOpen(own)}
        >
          {shorten(name, 253)}
        </button>
        <span className="kind">{shorten(kind, 40)}</span>
      </div>
      <div role="cell" aria-colspan={5} className="cell status facts">
        {verdict !== undefined && <HealthBadge verdict={verdict} />}
        <span className="message muted">{shorten(factsOf(type, object), 160)}</span>
      </div>
      <div role="cell" className="cell num age" title={created}>
        {formatAge(created, now)}
      </div>
    </div>
  );
}
