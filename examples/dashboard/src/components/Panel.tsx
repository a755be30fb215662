import { useEffect, useMemo, useRef, useState } from 'react';
import type { Cell, Cluster } from '../api/types';
import type { ClusterView } from '../model/group';
import { kindOf } from '../model/kinds';
import { shorten } from '../model/text';
import { useShortcuts } from '../state/useShortcuts';
import { type Target, type UrlState, type View, sameTarget } from '../state/urlState';
import type { Navigate } from '../state/useUrlState';
import { CannotShow } from './CannotShow';
import { ErrorBoundary } from './ErrorBoundary';
import { Icon } from './Icon';
import { type Opened, findTarget, unreadCell } from './panel/find';
import { PanelBody } from './panel/PanelBody';

interface Props {
  url: UrlState;
  target: Target;
  navigate: Navigate;
  all: readonly ClusterView[];
  cells: readonly Cell[];
  clusters: readonly Cluster[];
}

const LABELS: Record<View, string> = {
  details: 'Details',
  events: 'Events',
  log: 'Log',
  yaml: 'YAML',
};

/** The details of what is open, beside the table or, on small screens, in its place. */
export function Panel({ url, target, navigate, all, cells, clusters }: Props) {
  const found = useMemo(() => findTarget(all, target), [all, target]);
  // What was removed stays in sight as it was, so that a log is not lost with its pod.
  const [last, setLast] = useState<{ target: Target; opened: Opened }>();
  if (found !== undefined && found !== last?.opened) {
    setLast({ target, opened: found });
  }
  const opened = found ?? (sameTarget(last?.target, target) ? last?.opened : undefined);
  const title = useRef<HTMLHeadingElement>(null);
  const { cluster, namespace, type, name } = target;
  // Whoever may not list the clusters may still ask one that needs no token of theirs.
  const known = useMemo(
    () => clusters.find((one) => one.name === cluster) ?? { name: cluster, authProvider: '' },
    [clusters, cluster],
  );
  useEffect(() => {
    title.current?.focus({ preventScroll: true });
  }, [cluster, namespace, type, name]);

  const close = useMemo(() => () => navigate({ target: undefined }), [navigate]);
  useShortcuts(useMemo(() => ({ Escape: close }), [close]));
  const isPod = type === 'pods';
  const kind = isPod ? 'Pod' : kindOf(type);
  const views: View[] = isPod
    ? ['details', 'events', 'log', 'yaml']
    : ['details', 'events', 'yaml'];
  const view = views.includes(url.view) ? url.view : 'details';
  return (
    <section className="panel" aria-labelledby="panel-title">
      <header className="panel-head">
        <div className="panel-name">
          <span className="kind">{shorten(kind, 60)}</span>
          <h2 id="panel-title" ref={title} tabIndex={-1} title={name}>
            {shorten(name, 253)}
          </h2>
          <span className="muted mono">
            {shorten(`${cluster} / ${namespace === '' ? 'cluster-wide' : namespace}`, 160)}
          </span>
        </div>
        <button
          type="button"
          className="icon-button"
          aria-label="Close details"
          title="Close (Esc)"
          onClick={close}
        >
          <Icon name="close" />
        </button>
      </header>
      <nav className="tabs" aria-label="Views">
        {views.map((one) => (
          <button
            key={one}
            type="button"
            aria-current={one === view ? 'page' : undefined}
            onClick={() => navigate({ view: one })}
          >
            {LABELS[one]}
          </button>
        ))}
      </nav>
      {found === undefined && (
        <Missing target={target} cells={cells} wasThere={opened !== undefined} />
      )}
      {opened !== undefined && (
        <ErrorBoundary
          // Another object is another log, another search in it, another scroll position.
          key={`${cluster}/${namespace}/${type}/${name}/${view}`}
          shows={opened}
          fallback={(error) => (
            <div className="panel-body">
              <CannotShow what={`${LABELS[view]} of ${kind} ${name}`} error={error} />
            </div>
          )}
        >
          <PanelBody
            opened={opened}
            view={view}
            url={url}
            navigate={navigate}
            cells={cells}
            cluster={known}
          />
        </ErrorBoundary>
      )}
    </section>
  );
}

interface MissingProps {
  target: Target;
  cells: readonly Cell[];
  wasThere: boolean;
}

function Missing({ target, cells, wasThere }: MissingProps) {
  const unread = unreadCell(cells, target);
  const cause =
    unread === undefined
      ? 'It was not found: it was removed or replaced, or the link is old.'
      : `Whether it is there is not known: its list could not be read in full (${unread.status}).`;
  return (
    <div className="notice warning slim" role="status">
      <Icon name="warning" />
      <div className="notice-body">
        {cause}
        {wasThere && ' You see it as it was last.'}
      </div>
    </div>
  );
}
