import { plural } from '../../model/quantity';
import { shorten } from '../../model/text';
import { CopyButton } from '../CopyButton';

export interface LogOptions {
  previous: boolean;
  follow: boolean;
  timestamps: boolean;
  wrap: boolean;
  tailLines: number;
}

const TAILS = [100, 500, 2_000, 10_000];

interface Props {
  containers: readonly string[];
  container: string;
  onContainer: (container: string) => void;
  options: LogOptions;
  onOptions: (change: Partial<LogOptions>) => void;
  query: string;
  onQuery: (query: string) => void;
  matches: number;
  at: number;
  onStep: (by: 1 | -1) => void;
  text: () => string;
}

interface SwitchProps {
  label: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}

function Switch({ label, checked, disabled = false, onChange }: SwitchProps) {
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={({ target }) => onChange(target.checked)}
      />
      {label}
    </label>
  );
}

export function LogToolbar(props: Props) {
  const {
    containers,
    container,
    onContainer,
    options,
    onOptions,
    query,
    onQuery,
    matches,
    at,
    onStep,
  } = props;
  return (
    <div className="pane-tools" role="group" aria-label="Log options">
      <select
        aria-label="Container"
        value={container}
        onChange={({ target }) => onContainer(target.value)}
      >
        {containers.map((name) => (
          <option key={name} value={name}>
            {shorten(name, 63)}
          </option>
        ))}
      </select>
      <select
        aria-label="Lines from the end"
        value={options.tailLines}
        onChange={({ target }) => onOptions({ tailLines: Number(target.value) })}
      >
        {TAILS.map((tail) => (
          <option key={tail} value={tail}>
            last {plural(tail, 'line')}
          </option>
        ))}
      </select>
      <Switch
        label="Follow"
        checked={options.follow && !options.previous}
        disabled={options.previous}
        onChange={(follow) => onOptions({ follow })}
      />
      <Switch
        label="Previous"
        checked={options.previous}
        onChange={(previous) => onOptions({ previous })}
      />
      <Switch
        label="Timestamps"
        checked={options.timestamps}
        onChange={(timestamps) => onOptions({ timestamps })}
      />
      <Switch label="Wrap" checked={options.wrap} onChange={(wrap) => onOptions({ wrap })} />
      <div className="log-search">
        <input
          type="search"
          aria-label="Search in the log"
          placeholder="Search in the log"
          value={query}
          onChange={({ target }) => onQuery(target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') {
              event.preventDefault();
              onStep(event.shiftKey ? -1 : 1);
            } else if (event.key === 'Escape') {
              event.preventDefault();
              event.currentTarget.blur();
            }
          }}
        />
        {query !== '' && (
          <>
            <span role="status" className="muted">
              {matches === 0 ? 'no line' : `${at + 1} of ${plural(matches, 'line')}`}
            </span>
            <button
              type="button"
              className="icon-button"
              aria-label="Previous match"
              onClick={() => onStep(-1)}
            >
              ↑
            </button>
            <button
              type="button"
              className="icon-button"
              aria-label="Next match"
              onClick={() => onStep(1)}
            >
              ↓
            </button>
          </>
        )}
      </div>
      <CopyButton text={props.text} label="Copy log" />
    </div>
  );
}
