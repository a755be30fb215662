import type { UseQueryResult } from '@tanstack/react-query';
import { describeError } from '../api/errors';
import type { Entity } from '../api/types';
import { THEMES, useTheme } from '../state/useTheme';
import { EntityPicker } from './EntityPicker';
import { Icon } from './Icon';
import { KINDS } from './entities';

interface Props {
  entities: UseQueryResult<Entity[]>;
  selected: string;
  kind: string;
  onKind: (kind: string) => void;
  onSelect: (ref: string) => void;
  onTokens: () => void;
  onHelp: () => void;
}

export function Header(props: Props) {
  const { entities } = props;
  const [theme, setTheme] = useTheme();
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'auto';
  return (
    <header className="top">
      <a
        className="brand"
        href="?"
        onClick={(event) => {
          if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
            event.preventDefault();
            props.onSelect('');
          }
        }}
      >
        <span className="spot" aria-hidden="true" />
        Followspot
      </a>
      <nav className="choose" aria-label="Entity">
        <select
          aria-label="Kind"
          value={props.kind}
          onChange={({ target }) => props.onKind(target.value)}
        >
          {KINDS.map((kind) => (
            <option key={kind}>{kind}</option>
          ))}
        </select>
        <EntityPicker
          entities={entities.data ?? []}
          loading={entities.isPending}
          problem={entities.isError ? describeError(entities.error).title : undefined}
          selected={props.selected}
          onSelect={props.onSelect}
        />
      </nav>
      <div className="tools">
        <button
          type="button"
          className="icon-button"
          aria-label={`Theme: ${theme}. Change to ${next}`}
          title={`Theme: ${theme}`}
          onClick={() => setTheme(next)}
        >
          <Icon name={theme} />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label="Tokens"
          title="Tokens"
          onClick={props.onTokens}
        >
          <Icon name="key" />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label="Help"
          title="Help (?)"
          onClick={props.onHelp}
        >
          <Icon name="help" />
        </button>
      </div>
    </header>
  );
}
