import { useState } from 'react';
import { shorten, visible } from '../model/text';

const MAX = 20_000;

interface Props {
  text: string;
  /** Longer text is cut, and can be opened. */
  length?: number;
}

/** What a cluster said: as text, with what would not be seen made visible, and cut if it is long. */
export function HostileText({ text, length = 240 }: Props) {
  const [open, setOpen] = useState(false);
  if (text.length <= length && !text.includes('\n')) {
    return <span className="hostile">{visible(text)}</span>;
  }
  const whole = text.slice(0, MAX);
  return (
    <span className="hostile">
      {open ? <span className="pre">{visible(whole)}</span> : shorten(text, length)}
      {open && text.length > MAX && ` … ${text.length - MAX} more characters`}{' '}
      <button type="button" className="link" onClick={() => setOpen(!open)}>
        {open ? 'less' : 'more'}
      </button>
    </span>
  );
}
