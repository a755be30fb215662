import { HEALTH_LABELS, type Verdict } from '../model/health';
import { shorten } from '../model/text';
import { Icon } from './Icon';

/** Shape, word and colour: no one has to see the colour. */
export function HealthBadge({ verdict }: { verdict: Verdict }) {
  const { health, reason, message } = verdict;
  const shown = shorten(reason, 40);
  return (
    <span className={`badge ${health}`} title={message === '' ? undefined : shorten(message, 400)}>
      <Icon name={health} />
      <span className="badge-text">{shown}</span>
      {shown !== HEALTH_LABELS[health] && (
        <span className="visually-hidden"> ({HEALTH_LABELS[health]})</span>
      )}
    </span>
  );
}
