import type { RefObject } from 'react';
import type { LogLine } from '../../log/LogBuffer';
import { splitMatches } from '../../log/search';
import { formatCount } from '../../model/quantity';
import { cut } from '../../model/text';
import { VirtualLines } from '../VirtualLines';
import type { LogOptions } from './LogToolbar';

const MAX_LINE = 8_000;

interface Props {
  label: string;
  lines: readonly LogLine[];
  options: LogOptions;
  query: string;
  reveal: number | undefined;
  scroll: RefObject<HTMLDivElement | null>;
  onScroll: () => void;
  stick: boolean;
}

export function LogLines({ label, lines, options, query, reveal, scroll, onScroll, stick }: Props) {
  return (
    <VirtualLines
      label={label}
      role="log"
      count={lines.length}
      wrap={options.wrap}
      scroll={scroll}
      onScroll={onScroll}
      stick={stick}
      {...(reveal !== undefined && { reveal })}
      keyOf={(index) => lines[index]?.number ?? index}
      render={(index) => {
        const line = lines[index];
        return (
          line !== undefined && (
            <span className={index === reveal ? 'line-current' : ''}>
              {options.timestamps && <time className="stamp">{line.time} </time>}
              <LineText text={line.text} query={query} />
            </span>
          )
        );
      }}
    />
  );
}

function LineText({ text, query }: { text: string; query: string }) {
  const shown = cut(text, MAX_LINE);
  return (
    <>
      {splitMatches(shown.text, query).map((part, index) =>
        part.match ? <mark key={index}>{part.text}</mark> : part.text,
      )}
      {shown.more > 0 && <em> … {formatCount(shown.more)} more characters</em>}
    </>
  );
}
