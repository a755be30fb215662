/**
 * Tokens that the user gave. They live in the tab's sessionStorage, and in nothing that outlives the tab. The names are
 * `backend`, `google`, `aks` and `oidc.<provider>`.
 */
const PREFIX = 'followspot.token.';

type Listener = () => void;
const listeners = new Set<Listener>();
let version = 0;

function changed(): void {
  version++;
  listeners.forEach((listener) => listener());
}

export const tokens = {
  get(name: string): string | undefined {
    return sessionStorage.getItem(PREFIX + name) ?? undefined;
  },
  set(name: string, token: string): void {
    sessionStorage.setItem(PREFIX + name, token);
    changed();
  },
  forget(name: string): void {
    sessionStorage.removeItem(PREFIX + name);
    changed();
  },
  subscribe(this: void, listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  /** Counts changes, so that what was asked with other tokens is asked again. */
  version(this: void): number {
    return version;
  },
};

/** People paste `Bearer abc`, line breaks and quotes along with the token. */
export function cleanToken(pasted: string): string {
  return pasted
    .trim()
    .replace(/^bearer\s+/i, '')
    .replace(/^["']|["']$/g, '')
    .replace(/\s+/g, '');
}

/** A token goes into a header, which takes no other characters. */
export function isToken(token: string): boolean {
  return /^[\x21-\x7e]+$/.test(token);
}

/** When a JWT runs out; undefined for other tokens, which do not tell. */
export function expiryOf(token: string): Date | undefined {
  const payload = token.split('.')[1];
  if (payload === undefined) {
    return undefined;
  }
  try {
    const json = atob(payload.replace(/-/g, '+').replace(/_/g, '/'));
    const { exp } = JSON.parse(json) as { exp?: unknown };
    return typeof exp === 'number' ? new Date(exp * 1000) : undefined;
  } catch {
    // No JWT: some tokens have dots, too.
    return undefined;
  }
}

export function isExpired(token: string, now: Date): boolean {
  const expiry = expiryOf(token);
  return expiry !== undefined && expiry <= now;
}
