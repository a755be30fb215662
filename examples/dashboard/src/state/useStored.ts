import { useCallback, useState } from 'react';

/** A setting that this browser remembers. Where it may not store anything, it holds until the page is left. */
export function useStored<T extends string>(
  name: string,
  allowed: readonly T[],
  initial: T,
): [T, (value: T) => void] {
  const key = `followspot.${name}`;
  const [value, setValue] = useState<T>(() => allowed.find((one) => one === read(key)) ?? initial);
  const store = useCallback(
    (next: T) => {
      setValue(next);
      try {
        localStorage.setItem(key, next);
      } catch {
        // Storage is off or full: the setting is not worth an error.
      }
    },
    [key],
  );
  return [value, store];
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
