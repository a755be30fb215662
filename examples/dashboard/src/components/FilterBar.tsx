import { useMemo, useRef } from 'react';
import type { Filter, Totals } from '../model/filter';
import type { ClusterView } from '../model/group';
import { plural } from '../model/quantity';
import { type Toggled, workloadKeys } from '../model/rows';
import { useShortcuts } from '../state/useShortcuts';
import type { Navigate } from '../state/useUrlState';
import { Icon } from './Icon';
import { MultiSelect } from './MultiSelect';

interface Props {
  filter: Filter;
  namespaces: readonly string[];
  clusters: readonly string[];
  totals: Totals;
  matching: Totals;
  filtering: boolean;
  shown: readonly ClusterView[];
  navigate: Navigate;
  onClear: () => void;
  onToggleAll: (toggled: Toggled) => void;
}

export function FilterBar(props: Props) {
  const { filter, totals, matching, filtering, navigate, shown, onToggleAll } = props;
  const search = useRef<HTMLInputElement>(null);
  useShortcuts(useMemo(() => ({ '/': () => search.current?.focus() }), []));
  const toggleAll = (open: boolean) =>
    onToggleAll(new Map(workloadKeys(shown).map((key) => [key, open])));
  return (
    <section className="filters" aria-label="Search and filters">
      <div className="search">
        <Icon name="search" />
        <input
          ref={search}
          type="search"
          aria-label="Search names and labels"
          aria-keyshortcuts="/"
          placeholder="Search names and labels"
          value={filter.query}
          onChange={({ target }) => navigate({ query: target.value }, 'replace')}
          onKeyDown={(event) => {
            if (event.key === 'Escape') {
              event.preventDefault();
              event.currentTarget.blur();
            }
          }}
        />
        <kbd aria-hidden="true">/</kbd>
      </div>
      <MultiSelect
        label="Namespaces"
        options={props.namespaces}
        selected={filter.namespaces}
        onChange={(namespaces) => navigate({ namespaces })}
      />
      <MultiSelect
        label="Clusters"
        options={props.clusters}
        selected={filter.clusters}
        onChange={(clusters) => navigate({ clusters })}
      />
      {filtering && (
        <button type="button" className="button" onClick={props.onClear}>
          Clear filters
        </button>
      )}
      <div className="filters-end">
        <span role="status" className="muted counts">
          {filtering
            ? `${matching.pods} of ${plural(totals.pods, 'pod')}, ${matching.others} of ${plural(totals.others, 'other object')}`
            : `${plural(totals.workloads, 'workload')}, ${plural(totals.pods, 'pod')}, ${plural(totals.others, 'other object')}`}
        </span>
        <button type="button" className="button quiet" onClick={() => toggleAll(false)}>
          Collapse all
        </button>
        <button type="button" className="button quiet" onClick={() => toggleAll(true)}>
          Expand all
        </button>
      </div>
    </section>
  );
}
