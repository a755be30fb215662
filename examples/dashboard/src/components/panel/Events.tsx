import type { Cluster, KubeEvent, KubeObject } from '../../api/types';
import { formatAge } from '../../model/age';
import { shorten } from '../../model/text';
import { useEvents } from '../../state/queries';
import { useNow } from '../../state/useNow';
import { ErrorNotice } from '../ErrorNotice';
import { HostileText } from '../HostileText';
import { Icon } from '../Icon';

interface Props {
  object: KubeObject;
  cluster: Cluster;
}

function timeOf({ series, lastTimestamp, eventTime, firstTimestamp, metadata }: KubeEvent): string {
  return (
    series?.lastObservedTime ??
    lastTimestamp ??
    eventTime ??
    firstTimestamp ??
    metadata?.creationTimestamp ??
    ''
  );
}

/** Events of an object. They are asked for when they are looked at, through the proxy. */
export function Events({ object, cluster }: Props) {
  const { uid, namespace = 'default' } = object.metadata ?? {};
  if (uid === undefined) {
    return (
      <section className="block">
        <h3>Events</h3>
        <p className="muted">The object has no uid by which its events could be found.</p>
      </section>
    );
  }
  return <EventList cluster={cluster} namespace={namespace} uid={uid} />;
}

function EventList({
  cluster,
  namespace,
  uid,
}: {
  cluster: Cluster;
  namespace: string;
  uid: string;
}) {
  const now = useNow();
  const events = useEvents(cluster, namespace, uid);
  const sorted = [...(events.data ?? [])].sort((a, b) => timeOf(b).localeCompare(timeOf(a)));
  return (
    <section className="block">
      <div className="block-head">
        <h3>Events</h3>
        <button
          type="button"
          className="link"
          disabled={events.isFetching}
          onClick={() => void events.refetch()}
        >
          Reload events
        </button>
      </div>
      {events.isPending && <p role="status">Loading events …</p>}
      {events.isError && <ErrorNotice error={events.error} onRetry={() => void events.refetch()} />}
      {events.isSuccess && sorted.length === 0 && (
        <p className="muted">No events. Clusters keep them for an hour or so.</p>
      )}
      {sorted.length > 0 && (
        <ul className="events" aria-label="Events">
          {sorted.map((event, index) => (
            <li
              key={event.metadata?.uid ?? index}
              className={event.type === 'Warning' ? 'warning' : ''}
            >
              <Icon name={event.type === 'Warning' ? 'warning' : 'finished'} />
              <div>
                <strong>{shorten(event.reason ?? '', 60)}</strong>
                <span className="muted">
                  {' '}
                  {shorten(event.type ?? '', 20)} · {formatAge(timeOf(event), now)} ago
                  {(event.series?.count ?? event.count ?? 1) > 1 &&
                    ` · ${event.series?.count ?? event.count} times`}
                  {` · ${shorten(event.source?.component ?? event.reportingComponent ?? '', 60)}`}
                </span>
                <p>
                  <HostileText text={event.message ?? ''} length={400} />
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
