import type { Entity } from '../api/types';
import { shorten } from '../model/text';

/** The entity's name and what the catalog says of it. */
export function EntityTitle({
  reference,
  entity,
}: {
  reference: string;
  entity: Entity | undefined;
}) {
  const facts: [string, string | undefined][] = [
    ['Type', entity?.type],
    ['Lifecycle', entity?.lifecycle],
    ['Owner', entity?.owner],
    ['System', entity?.system],
  ];
  return (
    <div className="entity-title">
      <h1>{shorten(entity?.title ?? entity?.name ?? reference, 100)}</h1>
      <p className="entity-facts muted">
        <span className="mono">{shorten(reference, 120)}</span>
        {facts.map(
          ([label, value]) =>
            value !== undefined && (
              <span key={label} title={label}>
                <span className="visually-hidden">{label}: </span>
                {shorten(value, 60)}
              </span>
            ),
        )}
      </p>
    </div>
  );
}
