import { describeError } from '../../api/errors';
import type { LogPhase } from '../../log/LogStream';
import { plural } from '../../model/quantity';
import { shorten } from '../../model/text';
import { ErrorNotice } from '../ErrorNotice';
import { isNoPreviousRun } from './useLog';

interface Props {
  state: LogPhase;
  lines: number;
  dropped: number;
  follow: boolean;
  onRestart: () => void;
}

function describe(state: LogPhase, follow: boolean): string {
  switch (state.phase) {
    case 'connecting':
      return 'Asking for the log …';
    case 'reading':
      return follow ? 'Following' : 'Reading …';
    case 'ended':
      return follow
        ? 'Ended: the container stopped writing, or the cluster closed the log'
        : 'Read to the end';
    case 'reconnecting':
      return `Broke off; trying again (${state.attempt}): ${describeError(state.error).title}`;
    case 'failed':
      return 'Failed';
  }
}

/** Tells how it is with the log, and what is not there any more. */
export function LogStatus({ state, lines, dropped, follow, onRestart }: Props) {
  const restartable = state.phase === 'ended' && follow;
  return (
    <div className="log-status">
      <span role="status" className={`log-phase ${state.phase}`}>
        {shorten(describe(state, follow), 200)}
      </span>
      <span className="muted">
        {plural(lines, 'line')}
        {dropped > 0 && `; the first ${plural(dropped, 'line')} were dropped to save memory`}
      </span>
      {restartable && (
        <button type="button" className="link" onClick={onRestart}>
          Read again
        </button>
      )}
      {state.phase === 'failed' &&
        (isNoPreviousRun(state.error) ? (
          <p>This container has no previous run: it was not restarted, or its log is gone.</p>
        ) : (
          <ErrorNotice error={state.error} onRetry={onRestart} />
        ))}
    </div>
  );
}
