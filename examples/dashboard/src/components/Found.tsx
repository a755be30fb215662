import { type RefObject, useState } from 'react';
import type { Cluster, LookupAnswer } from '../api/types';
import { type Filter, type Totals, isFiltering, totalsOf } from '../model/filter';
import type { ClusterView } from '../model/group';
import { compare } from '../model/group';
import type { UrlState } from '../state/urlState';
import type { Navigate } from '../state/useUrlState';
import { FilterBar } from './FilterBar';
import { Gaps } from './Gaps';
import { ObjectTable } from './ObjectTable';
import { Summary } from './Summary';

interface Props {
  answer: LookupAnswer;
  scroll: RefObject<HTMLElement | null>;
  clusters: readonly Cluster[];
  all: ClusterView[];
  shown: ClusterView[];
  totals: Totals;
  filter: Filter;
  url: UrlState;
  navigate: Navigate;
  onAskToken: () => void;
}

const NO_FILTER: Partial<UrlState> = { query: '', namespaces: [], clusters: [], healths: [] };

/** What was found: the summary, what is missing, the filter and the table. */
export function Found(props: Props) {
  const { answer, scroll, clusters, all, shown, totals, filter, url, navigate, onAskToken } = props;
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const filtering = isFiltering(filter);
  const matching = filtering ? totalsOf(shown) : totals;
  const namespaces = [
    ...new Set(all.flatMap((cluster) => cluster.namespaces.map(({ namespace }) => namespace))),
  ].sort(compare);
  const clear = () => navigate(NO_FILTER);
  return (
    <div className="found">
      <Summary
        totals={totals}
        complete={answer.matrix.complete}
        healths={filter.healths}
        onHealths={(healths) => navigate({ healths })}
      />
      <Gaps answer={answer} clusters={clusters} onAskToken={onAskToken} />
      <FilterBar
        filter={filter}
        namespaces={namespaces}
        clusters={all.map(({ name }) => name).sort(compare)}
        totals={totals}
        matching={matching}
        filtering={filtering}
        navigate={navigate}
        onClear={clear}
        onToggleAll={setToggled}
        shown={shown}
      />
      {all.length === 0 && (
        <p className="empty">
          No cluster was asked: none is configured for this entity. See its annotations, and
          kubernetes.serviceLocatorMethod and clusterLocatorMethods of the backend.
        </p>
      )}
      {filtering && shown.length === 0 && all.length > 0 && (
        <p className="empty" role="status">
          Nothing matches.{' '}
          <button type="button" className="button" onClick={clear}>
            Clear filters
          </button>
        </p>
      )}
      {shown.length > 0 && (
        <ObjectTable
          label={`Workloads and pods of ${url.entity}`}
          scroll={scroll}
          shown={shown}
          clusters={clusters}
          toggled={toggled}
          onToggled={setToggled}
          filtering={filtering}
          target={url.target}
          navigate={navigate}
        />
      )}
    </div>
  );
}
