import { useMemo, useRef, useState } from 'react';
import type { Cluster } from '../../api/types';
import { containersOf } from '../../model/containers';
import type { PodView } from '../../model/group';
import { useLog } from './useLog';
import { LogLines } from './LogLines';
import { type LogOptions, LogToolbar } from './LogToolbar';
import { LogStatus } from './LogStatus';
import { findLines } from '../../log/search';

interface Props {
  pod: PodView;
  cluster: Cluster;
  container: string;
  onContainer: (container: string) => void;
}

const DEFAULTS: LogOptions = {
  previous: false,
  follow: true,
  timestamps: false,
  wrap: true,
  tailLines: 500,
};

/** The log of a container: read from its end, and followed if one likes. */
export function LogPane({ pod, cluster, container, onContainer }: Props) {
  const containers = containersOf(pod.pod).map(({ name }) => name);
  const chosen = containers.includes(container) ? container : (containers[0] ?? '');
  const [options, setOptions] = useState(DEFAULTS);
  const [query, setQuery] = useState('');
  // The number of the line: its index changes as old lines are dropped.
  const [match, setMatch] = useState(0);
  const [stick, setStick] = useState(true);
  const scroll = useRef<HTMLDivElement>(null);
  const lastTop = useRef(0);
  const { view, restart } = useLog(cluster, pod, chosen, options);
  const { lines, state, dropped } = view;
  const found = useMemo(() => findLines(lines, query), [lines, query]);
  const numberAt = (index: number | undefined) =>
    index === undefined ? 0 : (lines[index]?.number ?? 0);
  // If it was dropped, the next one that is there.
  const at = Math.max(
    0,
    found.findIndex((index) => numberAt(index) >= match),
  );

  const step = (by: 1 | -1) => {
    setStick(false);
    setMatch(numberAt(found[(at + by + found.length) % Math.max(1, found.length)]));
  };
  const onScroll = () => {
    const element = scroll.current;
    if (element !== null) {
      const below = element.scrollHeight - element.scrollTop - element.clientHeight;
      // Our own scrolling is told a frame later, when more lines may be below; only users go up.
      if (below < 24) {
        setStick(true);
      } else if (element.scrollTop < lastTop.current) {
        setStick(false);
      }
      lastTop.current = element.scrollTop;
    }
  };
  return (
    <div className="pane">
      <LogToolbar
        containers={containers}
        container={chosen}
        onContainer={onContainer}
        options={options}
        onOptions={(change) => {
          setOptions({ ...options, ...change });
          setStick(true);
        }}
        query={query}
        onQuery={(next) => {
          setQuery(next);
          setMatch(0);
          setStick(next === '');
        }}
        matches={found.length}
        at={at}
        onStep={step}
        text={() =>
          lines
            .map((line) => (options.timestamps ? `${line.time} ${line.text}` : line.text))
            .join('\n')
        }
      />
      <LogStatus
        state={state}
        lines={lines.length}
        dropped={dropped}
        follow={options.follow && !options.previous}
        onRestart={restart}
      />
      <div className="log-area">
        <LogLines
          label={`Log of ${chosen}`}
          lines={lines}
          options={options}
          query={query}
          reveal={query === '' ? undefined : found[at]}
          scroll={scroll}
          onScroll={onScroll}
          stick={stick}
        />
        {!stick && (
          <button type="button" className="button primary to-end" onClick={() => setStick(true)}>
            Jump to the end
          </button>
        )}
      </div>
    </div>
  );
}
