import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react';
import type { Entity } from '../api/types';
import { shorten } from '../model/text';
import { Icon } from './Icon';
import { filterEntities, MAX_SHOWN } from './entities';

interface Props {
  entities: readonly Entity[];
  selected: string;
  loading: boolean;
  /** Why there are none, in a few words. */
  problem: string | undefined;
  onSelect: (ref: string) => void;
}

/** A combobox: type to narrow, arrows to move, Enter to choose, Esc to leave. */
export function EntityPicker({ entities, selected, loading, problem, onSelect }: Props) {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const found = useMemo(() => filterEntities(entities, typed), [entities, typed]);
  const shown = found.slice(0, MAX_SHOWN);
  const active = Math.min(at, shown.length - 1);

  const close = () => {
    setOpen(false);
    setTyped('');
  };
  const choose = (ref: string) => {
    close();
    input.current?.blur();
    onSelect(ref);
  };
  const move = (to: number) => {
    setOpen(true);
    const next = (to + shown.length) % Math.max(1, shown.length);
    setAt(next);
    document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    switch (event.key) {
      case 'ArrowDown':
        move(open ? active + 1 : 0);
        break;
      case 'ArrowUp':
        move(open ? active - 1 : shown.length - 1);
        break;
      case 'Enter': {
        const entity = shown[active];
        if (!open || entity === undefined) {
          return;
        }
        choose(entity.ref);
        break;
      }
      case 'Escape':
        if (!open) {
          return;
        }
        close();
        break;
      default:
        return;
    }
    event.preventDefault();
  };
  return (
    <div className="picker">
      <Icon name="search" />
      <input
        ref={input}
        role="combobox"
        aria-label="Entity"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open && active >= 0 ? `${id}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={loading ? 'Loading entities …' : 'Choose an entity'}
        value={open ? typed : shorten(selected, 120)}
        onFocus={() => {
          setAt(0);
          setOpen(true);
        }}
        onClick={() => setOpen(true)}
        onBlur={close}
        onChange={({ target }) => {
          setTyped(target.value);
          setAt(0);
          setOpen(true);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id={`${id}-list`} role="listbox" aria-label="Entities" hidden={!open} className="options">
        {shown.map((entity, index) => (
          // The input has the keys; a mouse must not take the focus from it.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events
          <li
            key={entity.ref}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className="option"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(entity.ref)}
          >
            <span className="option-name">{shorten(entity.title ?? entity.name, 80)}</span>
            <span className="option-ref">{shorten(entity.ref, 100)}</span>
          </li>
        ))}
        {found.length === 0 && !loading && (
          <li role="option" aria-selected="false" aria-disabled="true" className="option none">
            {problem ??
              (entities.length === 0
                ? 'The catalog has no entity of this kind.'
                : 'No entity matches.')}
          </li>
        )}
        {found.length > shown.length && (
          <li role="option" aria-selected="false" aria-disabled="true" className="option none">
            {found.length - shown.length} more: type to narrow
          </li>
        )}
      </ul>
    </div>
  );
}
