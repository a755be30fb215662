import { useEffect } from 'react';

export type Shortcuts = Partial<Record<string, (event: KeyboardEvent) => void>>;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}

/** Keys for the whole page. They do nothing while one types or a dialog is open, so that no letter is lost. */
export function useShortcuts(shortcuts: Shortcuts): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const taken = event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey;
      if (taken || document.querySelector('dialog[open]') !== null || isTyping(event.target)) {
        return;
      }
      const shortcut = shortcuts[event.key];
      if (shortcut !== undefined) {
        event.preventDefault();
        shortcut(event);
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [shortcuts]);
}
