import { shorten } from '../../model/text';

/** Names and values; those without a value are left out. */
export function Facts({ facts }: { facts: readonly [string, string | undefined][] }) {
  return (
    <dl className="facts-list">
      {facts.map(
        ([name, value]) =>
          value !== undefined &&
          value !== '' && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{shorten(value, 200)}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
