import { useEffect, useId, useRef, useState } from 'react';
import { shorten } from '../model/text';
import { Icon } from './Icon';

interface Props {
  /** `Namespaces`. */
  label: string;
  options: readonly string[];
  selected: readonly string[];
  onChange: (selected: string[]) => void;
}

function nameOf(option: string): string {
  return option === '' ? '(cluster-wide)' : shorten(option, 63);
}

/** A button that opens check boxes; none checked means all. */
export function MultiSelect({ label, options, selected, onChange }: Props) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  useEffect(() => {
    if (!open) {
      return undefined;
    }
    const onPointer = (event: PointerEvent) => {
      if (event.target instanceof Node && root.current?.contains(event.target) === false) {
        setOpen(false);
      }
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') {
        event.preventDefault();
        setOpen(false);
        button.current?.focus();
      }
    };
    document.addEventListener('pointerdown', onPointer);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('pointerdown', onPointer);
      document.removeEventListener('keydown', onKey);
    };
  }, [open]);
  const toggle = (option: string, on: boolean) =>
    onChange(on ? [...selected, option] : selected.filter((one) => one !== option));
  // Those of a link that are not there stay to be unchecked.
  const all = [...options, ...selected.filter((one) => !options.includes(one))];
  return (
    <div
      className="multi"
      ref={root}
      onBlur={({ relatedTarget }) => {
        if (relatedTarget instanceof Node && root.current?.contains(relatedTarget) === false) {
          setOpen(false);
        }
      }}
    >
      <button
        type="button"
        ref={button}
        className={`button ${selected.length > 0 ? 'active' : ''}`}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {label}
        <span className="count">
          {selected.length > 0 ? `${selected.length} of ${options.length}` : options.length}
        </span>
        <Icon name="chevron" className="down" />
      </button>
      {open && (
        <fieldset className="multi-list" id={id}>
          <legend className="visually-hidden">{label}</legend>
          {all.map((option) => (
            <label key={option} className="check">
              <input
                type="checkbox"
                checked={selected.includes(option)}
                onChange={({ target }) => toggle(option, target.checked)}
              />
              <span>{nameOf(option)}</span>
            </label>
          ))}
        </fieldset>
      )}
    </div>
  );
}
