import type { UseQueryResult } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import type { Cluster, Entity } from '../api/types';
import { applyFilter, totalsOf } from '../model/filter';
import { group } from '../model/group';
import { INTERVALS, lookupAgain, retryAgain, useLookup } from '../state/queries';
import { useNow } from '../state/useNow';
import { useShortcuts } from '../state/useShortcuts';
import { useStored } from '../state/useStored';
import type { UrlState } from '../state/urlState';
import type { Navigate } from '../state/useUrlState';
import { EntityTitle } from './EntityTitle';
import { ErrorNotice } from './ErrorNotice';
import { Found } from './Found';
import { Looking } from './Looking';
import { RefreshControl, RefreshProblem } from './RefreshControl';
import { Panel } from './Panel';

interface Props {
  url: UrlState;
  navigate: Navigate;
  entity: Entity | undefined;
  clusters: UseQueryResult<Cluster[]>;
  onAskToken: () => void;
  /** Asks again for what else could not be read: clusters, entities. */
  onRetryFailed: () => void;
}

/** Everything about one entity: what was found, what could not be read, and the panel of what is open. */
export function EntityPage(props: Props) {
  const { url, navigate, entity, clusters, onAskToken, onRetryFailed } = props;
  const [interval, setInterval] = useStored('refresh', INTERVALS, '10');
  const scroll = useRef<HTMLDivElement>(null);
  const lookup = useLookup(url.entity, clusters, Number(interval));
  const { data: answer, refetch } = lookup;
  const minute = Math.floor(useNow() / 60_000);
  // Verdicts depend on how long things have been so, which a minute tells well enough.
  const all = useMemo(() => (answer ? group(answer, minute * 60_000) : []), [answer, minute]);
  const { query, namespaces, clusters: chosen, healths } = url;
  const filter = useMemo(
    () => ({ query, namespaces, clusters: chosen, healths }),
    [query, namespaces, chosen, healths],
  );
  const shown = useMemo(() => applyFilter(all, filter), [all, filter]);
  const totals = useMemo(() => totalsOf(all), [all]);
  const refresh = () => {
    onRetryFailed();
    void refetch({ cancelRefetch: false });
  };
  useShortcuts({ r: refresh });

  const error = (answer === undefined ? lookup.error : null) ?? clusters.error;
  const ofLookup = answer === undefined && lookup.isError;
  return (
    <main
      id="content"
      tabIndex={-1}
      className={`page ${url.target === undefined ? '' : 'with-panel'}`}
    >
      <div className="content" ref={scroll}>
        <div className="headline">
          <EntityTitle reference={url.entity} entity={entity} />
          <RefreshControl
            lookup={lookup}
            interval={interval}
            onInterval={setInterval}
            onRefresh={refresh}
          />
        </div>
        <RefreshProblem lookup={lookup} seconds={Number(interval)} onAskToken={onAskToken} />
        {error !== null && (
          <ErrorNotice
            error={error}
            onAskToken={onAskToken}
            onRetry={refresh}
            again={ofLookup ? lookupAgain(error, Number(interval)) : retryAgain(error)}
          />
        )}
        {answer === undefined && error === null && <Looking />}
        {answer !== undefined && (
          <Found
            answer={answer}
            scroll={scroll}
            clusters={clusters.data ?? []}
            all={all}
            shown={shown}
            totals={totals}
            filter={filter}
            url={url}
            navigate={navigate}
            onAskToken={onAskToken}
          />
        )}
      </div>
      {url.target !== undefined && answer !== undefined && (
        <Panel
          url={url}
          target={url.target}
          navigate={navigate}
          all={all}
          cells={answer.matrix.cells}
          clusters={clusters.data ?? []}
        />
      )}
    </main>
  );
}
