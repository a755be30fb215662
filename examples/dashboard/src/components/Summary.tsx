import { type Health, HEALTHS, HEALTH_LABELS } from '../model/health';
import type { Totals } from '../model/filter';
import { formatCount, plural } from '../model/quantity';
import { Icon } from './Icon';

interface Props {
  totals: Totals;
  complete: boolean;
  healths: readonly Health[];
  onHealths: (healths: Health[]) => void;
}

function ProblemCount({ problems, complete }: { problems: number; complete: boolean }) {
  if (problems > 0) {
    return <span className="bad">{plural(problems, 'problem')}</span>;
  }
  // Nobody knows about the rest, so this is no good news yet.
  return complete ? (
    <span className="good">no problems</span>
  ) : (
    <span className="muted">no problems in what could be read</span>
  );
}

/** How it is on the whole, in one line; the counts filter. */
export function Summary({ totals, complete, healths, onHealths }: Props) {
  const { pods, readyPods, finishedPods, endedPods, problems, byHealth } = totals;
  const running = pods - finishedPods - endedPods;
  const toggle = (health: Health) =>
    onHealths(
      healths.includes(health) ? healths.filter((one) => one !== health) : [...healths, health],
    );
  return (
    <section className="summary" aria-label="Summary">
      <p className="summary-line">
        <strong>
          {running === 0 && !complete
            ? 'No running pods in what could be read'
            : `${formatCount(readyPods)} of ${plural(running, 'pod')} ready`}
        </strong>
        {finishedPods > 0 && <span className="muted">{formatCount(finishedPods)} finished</span>}
        {endedPods > 0 && (
          <span className="muted" title="Old pods, which others took the place of">
            {formatCount(endedPods)} ended
          </span>
        )}
        <ProblemCount problems={problems} complete={complete} />
        {!complete && <span className="incomplete">incomplete: something could not be read</span>}
      </p>
      <div className="chips" role="group" aria-label="Filter by health">
        {HEALTHS.filter((health) => byHealth[health] > 0 || healths.includes(health)).map(
          (health) => (
            <button
              key={health}
              type="button"
              className={`chip ${health}`}
              aria-pressed={healths.includes(health)}
              onClick={() => toggle(health)}
            >
              <Icon name={health} />
              {HEALTH_LABELS[health]}
              <span className="count">{formatCount(byHealth[health])}</span>
            </button>
          ),
        )}
      </div>
    </section>
  );
}
