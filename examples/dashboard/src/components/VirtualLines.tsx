import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, type RefObject, useEffect } from 'react';

interface Props {
  label: string;
  count: number;
  wrap: boolean;
  keyOf: (index: number) => string | number;
  render: (index: number) => ReactNode;
  scroll: RefObject<HTMLDivElement | null>;
  onScroll?: () => void;
  /** The line to bring into sight. */
  reveal?: number;
  /** Keeps the end in sight. */
  stick?: boolean;
  /** `log` tells screen readers that lines are added in the end. */
  role: 'log' | 'region';
}

/** Many lines of text, of which those in sight are in the page. */
export function VirtualLines(props: Props) {
  const {
    label,
    count,
    wrap,
    keyOf,
    render,
    scroll,
    onScroll,
    reveal,
    stick = false,
    role,
  } = props;
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is compiled to memoize
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroll.current,
    estimateSize: () => 18,
    getItemKey: keyOf,
    overscan: 30,
  });
  const revealKey = reveal === undefined ? undefined : keyOf(reveal);
  useEffect(() => {
    if (reveal !== undefined && reveal < count) {
      virtualizer.scrollToIndex(reveal, { align: 'center' });
    }
    // Only another line to reveal scrolls; lines that are added or dropped do not.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [revealKey, virtualizer]);
  const size = virtualizer.getTotalSize();
  useEffect(() => {
    if (stick && count > 0) {
      virtualizer.scrollToIndex(count - 1, { align: 'end' });
    }
  }, [stick, count, size, virtualizer]);
  return (
    <div
      ref={scroll}
      className={`lines ${wrap ? 'wrap' : ''}`}
      role={role}
      aria-label={label}
      aria-live="off"
      // It scrolls, so it has to be reached with the keyboard.

      tabIndex={0}
      onScroll={onScroll}
    >
      <div className="lines-all" style={{ height: size }}>
        {virtualizer.getVirtualItems().map(({ key, index, start }) => (
          <div
            key={key}
            ref={virtualizer.measureElement}
            data-index={index}
            className="line"
            style={{ transform: `translateY(${start}px)` }}
          >
            {render(index)}
          </div>
        ))}
      </div>
    </div>
  );
}
