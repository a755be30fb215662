import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { type UrlState, formatUrl, parseUrl } from './urlState';

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}

export type Navigate = (change: Partial<UrlState>, how?: 'push' | 'replace') => void;

/** `replace` is for what changes with each key; going back should undo what one did. */
export function useUrlState(): [UrlState, Navigate] {
  const search = useSyncExternalStore(subscribe, () => window.location.search);
  const state = useMemo(() => parseUrl(search), [search]);
  const navigate = useCallback<Navigate>((change, how = 'push') => {
    const next = formatUrl({ ...parseUrl(window.location.search), ...change });
    if (next !== window.location.search) {
      const url = window.location.pathname + next;
      if (how === 'push') {
        window.history.pushState(null, '', url);
      } else {
        window.history.replaceState(null, '', url);
      }
      listeners.forEach((listener) => listener());
    }
  }, []);
  return [state, navigate];
}
