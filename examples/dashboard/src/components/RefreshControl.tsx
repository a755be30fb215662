import type { UseQueryResult } from '@tanstack/react-query';
import { describeError } from '../api/errors';
import type { LookupAnswer } from '../api/types';
import { formatSpan } from '../model/age';
import { shorten } from '../model/text';
import { INTERVALS, type Interval, lookupAgain } from '../state/queries';
import { useNow } from '../state/useNow';
import { Icon } from './Icon';

interface Props {
  lookup: UseQueryResult<LookupAnswer>;
  interval: Interval;
  onInterval: (interval: Interval) => void;
  onRefresh: () => void;
}

function intervalLabel(interval: Interval): string {
  return interval === '0' ? 'Off' : `${interval} s`;
}

export function RefreshControl({ lookup, interval, onInterval, onRefresh }: Props) {
  const now = useNow();
  const { dataUpdatedAt, isFetching } = lookup;
  return (
    <div className="refresh">
      {dataUpdatedAt > 0 && (
        <span className="muted refreshed" title={new Date(dataUpdatedAt).toLocaleString()}>
          Refreshed {new Date(dataUpdatedAt).toLocaleTimeString()}
          {now - dataUpdatedAt > 60_000 && `, ${formatSpan(now - dataUpdatedAt)} ago`}
        </span>
      )}
      <button
        type="button"
        className={`icon-button ${isFetching ? 'busy' : ''}`}
        aria-label="Refresh now"
        title="Refresh now (r)"
        onClick={onRefresh}
      >
        <Icon name="refresh" />
      </button>
      <label className="interval">
        <span className="visually-hidden">Refresh every</span>
        <select
          value={interval}
          title="Refresh every"
          onChange={({ target }) => onInterval(target.value as Interval)}
        >
          {INTERVALS.map((one) => (
            <option key={one} value={one}>
              {intervalLabel(one)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

/** Says that what is shown is old, since the last refresh failed. */
export function RefreshProblem({
  lookup,
  seconds,
  onAskToken,
}: {
  lookup: UseQueryResult<LookupAnswer>;
  /** The interval of refreshes; 0 without. */
  seconds: number;
  onAskToken: () => void;
}) {
  const failed = lookup.isError && lookup.data !== undefined;
  const again = lookupAgain(lookup.error, seconds);
  const told = failed ? describeError(lookup.error) : undefined;
  return (
    <div role="status" aria-label="Refresh problems" className="refresh-problem">
      {told !== undefined && (
        <div className="notice warning slim">
          <Icon name="warning" />
          <div className="notice-body">
            <strong>
              Refresh failed at {new Date(lookup.errorUpdatedAt).toLocaleTimeString()}.
            </strong>{' '}
            You see what was read at {new Date(lookup.dataUpdatedAt).toLocaleTimeString()}.{' '}
            {told.title}
            {told.said !== '' && `: ${shorten(told.said, 200)}`}. {told.cure}{' '}
            {again > 0 && `The dashboard tries again every ${again} s. `}
            {told.askForToken && (
              <button type="button" className="link" onClick={onAskToken}>
                Give a token
              </button>
            )}
          </div>
        </div>
      )}
    </div>
  );
}
