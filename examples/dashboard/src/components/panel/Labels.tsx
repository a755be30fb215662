import { shorten } from '../../model/text';

/** Labels or annotations; long values are cut, since the YAML has them whole. */
export function Labels({
  title,
  labels,
}: {
  title: string;
  labels: Record<string, string> | undefined;
}) {
  const entries = Object.entries(labels ?? {});
  if (entries.length === 0) {
    return null;
  }
  return (
    <section className="block">
      <h3>{title}</h3>
      <dl className="labels">
        {entries.map(([key, value]) => (
          <div key={key}>
            <dt>{shorten(key, 120)}</dt>
            <dd>{shorten(String(value), 160)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
