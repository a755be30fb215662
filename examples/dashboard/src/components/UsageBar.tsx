import type { Load } from '../model/usage';

interface Props {
  /** `CPU` or `Memory`. */
  label: string;
  load: Load | undefined;
  format: (value: number) => string;
}

function percent(part: number, whole: number): number {
  return Math.min(100, Math.max(0, (part / whole) * 100));
}

/** What is used, with the limit as the whole bar and the request as a mark; without a limit the request is the whole. */
export function UsageBar({ label, load, format }: Props) {
  if (load === undefined) {
    return (
      <span className="usage none" title={`${label}: no metrics`}>
        <span aria-hidden="true">–</span>
        <span className="visually-hidden">no metrics</span>
      </span>
    );
  }
  const { used, request, limit } = load;
  const whole = limit || request;
  const level = whole > 0 && used / whole > 0.9 ? (limit > 0 ? 'full' : 'over') : '';
  const said = [
    `${format(used)} used`,
    request > 0 ? `${format(request)} requested` : 'no request',
    limit > 0 ? `limit ${format(limit)}` : 'no limit',
  ].join(', ');
  return (
    <span className="usage" title={`${label}: ${said}`}>
      <span className="usage-text" aria-hidden="true">
        {format(used)}
        {whole > 0 && <small> / {format(whole)}</small>}
      </span>
      <span className="visually-hidden">{said}</span>
      {whole > 0 && (
        <span className={`bar ${level}`} aria-hidden="true">
          <span className="bar-used" style={{ width: `${percent(used, whole)}%` }} />
          {limit > 0 && request > 0 && request < limit && (
            <span className="bar-request" style={{ left: `${percent(request, limit)}%` }} />
          )}
        </span>
      )}
    </span>
  );
}
