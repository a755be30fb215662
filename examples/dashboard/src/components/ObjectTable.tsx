import { type Range, defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import type { Cluster } from '../api/types';
import type { ClusterView } from '../model/group';
import { type Row, type Toggled, rowsOf } from '../model/rows';
import { useNow } from '../state/useNow';
import { useShortcuts } from '../state/useShortcuts';
import type { Target, View } from '../state/urlState';
import type { Navigate } from '../state/useUrlState';
import { RowView } from './rows/RowView';
import { targetOfRow } from './rows/targets';
import { useScrollMargin } from './useScrollMargin';

const HEIGHTS: Record<Row['type'], number> = {
  cluster: 44,
  namespace: 36,
  workload: 36,
  pod: 32,
  others: 34,
  object: 30,
};
const COLUMNS = ['Name', 'Status', 'Ready', 'Restarts', 'CPU', 'Memory', 'Age'];
const HEAD = 34;

interface Props {
  label: string;
  scroll: RefObject<HTMLElement | null>;
  shown: readonly ClusterView[];
  clusters: readonly Cluster[];
  toggled: Toggled;
  onToggled: (toggled: Toggled) => void;
  filtering: boolean;
  target: Target | undefined;
  navigate: Navigate;
}

function find(root: HTMLElement | null, key: string): HTMLElement | undefined {
  const buttons = root?.querySelectorAll<HTMLElement>('[data-key]') ?? [];
  return [...buttons].find((button) => button.dataset.key === key);
}

/** Everything that was found as one table, of which only the rows in sight are in the page. */
export function ObjectTable(props: Props) {
  const { label, scroll, shown, clusters, toggled, onToggled, filtering, target, navigate } = props;
  const rows = useMemo(() => rowsOf(shown, toggled, filtering), [shown, toggled, filtering]);
  const now = useNow();
  const body = useRef<HTMLDivElement>(null);
  const wanted = useRef<string>(undefined);
  /** The row that the panel was opened from, which gets the focus back. */
  const opened = useRef<string>(undefined);
  const [active, setActive] = useState<string>();
  const scrollMargin = useScrollMargin(scroll, body);
  const activeIndex = rows.findIndex(({ key }) => key === active);

  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is compiled to memoize
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => HEIGHTS[rows[index]?.type ?? 'pod'],
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 10,
    scrollMargin,
    scrollPaddingStart: HEAD,
    // The row that has the focus stays, or scrolling would lose the focus.
    rangeExtractor: (range: Range) => {
      const indexes = defaultRangeExtractor(range);
      return activeIndex < 0 || indexes.includes(activeIndex)
        ? indexes
        : [...indexes, activeIndex].sort((a, b) => a - b);
    },
  });

  const focus = (key: string) => {
    const index = rows.findIndex((row) => row.key === key);
    if (index >= 0) {
      wanted.current = key;
      setActive(key);
      virtualizer.scrollToIndex(index, { align: 'auto' });
      find(body.current, key)?.focus({ preventScroll: true });
    }
  };
  const move = (by: 1 | -1) => {
    for (let at = activeIndex + by; at >= 0 && at < rows.length; at += by) {
      const row = rows[at];
      if (row !== undefined && targetOfRow(row) !== undefined) {
        focus(row.key);
        return;
      }
    }
  };
  const within = (by: 1 | -1) => (event: KeyboardEvent) => {
    if (event.target instanceof Node && body.current?.contains(event.target)) {
      move(by);
    } else {
      // The page scrolls, as it does everywhere else.
      scroll.current?.scrollBy({ top: by * 40 });
    }
  };
  const openAs = (view: View) => {
    const row = rows[activeIndex];
    const found = target ?? (row && targetOfRow(row));
    if (found !== undefined && (view !== 'log' || found.type === 'pods')) {
      if (target === undefined) {
        opened.current = row?.key;
      }
      navigate({ target: found, view });
    }
  };
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: within(1),
    ArrowUp: within(-1),
    l: () => openAs('log'),
    y: () => openAs('yaml'),
  });

  useEffect(() => {
    // Rows out of sight come into the page a render later.
    if (wanted.current !== undefined) {
      const found = find(body.current, wanted.current);
      if (found !== undefined) {
        wanted.current = undefined;
        found.focus({ preventScroll: true });
      }
    }
  });
  useEffect(() => {
    if (target === undefined && opened.current !== undefined) {
      const key = opened.current;
      opened.current = undefined;
      find(body.current, key)?.focus({ preventScroll: true });
    }
  }, [target]);

  return (
    <div className="table" role="table" aria-label={label} aria-rowcount={rows.length + 1}>
      <div role="rowgroup" className="table-head">
        <div role="row" aria-rowindex={1} className="row head">
          {COLUMNS.map((column) => (
            <div key={column} role="columnheader" className={`cell ${column.toLowerCase()}`}>
              {column}
            </div>
          ))}
        </div>
      </div>
      <div
        role="rowgroup"
        ref={body}
        className="table-body"
        style={{ height: virtualizer.getTotalSize() }}
        onFocus={({ target: focused }) => {
          const key = focused instanceof HTMLElement ? focused.dataset.key : undefined;
          if (key !== undefined) {
            setActive(key);
          }
        }}
      >
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          return (
            row !== undefined && (
              <div
                key={key}
                role="presentation"
                ref={virtualizer.measureElement}
                data-index={index}
                className="slot"
                style={{ transform: `translateY(${start - scrollMargin}px)` }}
              >
                <RowView
                  row={row}
                  index={index}
                  now={now}
                  clusters={clusters}
                  target={target}
                  onToggle={(open) => onToggled(new Map(toggled).set(row.key, open))}
                  onOpen={(next) => {
                    opened.current = row.key;
                    navigate({ target: next, view: 'details', container: '' });
                  }}
                />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}
