import { useEffect, useState } from 'react';
import { Icon } from './Icon';

/** Pages that are not served by https have no clipboard, except those of this machine. */
async function copy(text: string): Promise<void> {
  // Typed as always there, which it is not.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (clipboard === undefined) {
    throw new Error('this page has no clipboard, since it is not served by https');
  }
  await clipboard.writeText(text);
}

interface Props {
  /** A function, if making the text takes a while. */
  text: string | (() => string);
  label: string;
}

export function CopyButton({ text, label }: Props) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (said === '') {
      return undefined;
    }
    const timer = setTimeout(() => setSaid(''), 4_000);
    return () => clearTimeout(timer);
  }, [said]);
  const onClick = () => {
    copy(typeof text === 'string' ? text : text()).then(
      () => setSaid('Copied'),
      (cause: unknown) =>
        setSaid(`Not copied: ${cause instanceof Error ? cause.message : String(cause)}`),
    );
  };
  return (
    <span className="copy">
      <button type="button" className="button" onClick={onClick}>
        <Icon name="copy" /> {label}
      </button>
      <span role="status">{said}</span>
    </span>
  );
}
