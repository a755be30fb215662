import { tokens } from './tokens';

export type Failure =
  /** No answer at all. */
  | 'network'
  /** An answer that is not of this backend. */
  | 'answer'
  /** The backend says no. */
  | 'backend'
  /** The cluster says no, through the proxy. */
  | 'cluster';

export class ApiError extends Error {
  constructor(
    readonly failure: Failure,
    readonly status: number,
    /** `AuthenticationError`, or the reason of a Kubernetes Status. */
    readonly reason: string,
    message: string,
    readonly path: string,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

/** The reason in words of fetch differ by browser, so it is only told along. */
export function networkError(path: string, cause: unknown): ApiError {
  const said = cause instanceof Error ? cause.message : String(cause);
  return new ApiError('network', 0, 'NetworkError', said, path);
}

/** An answer of 4xx will be the same the next time; what broke may not. */
export function isWorthAnotherTry(error: unknown): boolean {
  return error instanceof ApiError && (error.failure === 'network' || error.status >= 500);
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

async function errorOf(response: Response, path: string): Promise<ApiError> {
  const text = await response.text();
  try {
    const body = JSON.parse(text) as {
      kind?: string;
      reason?: string;
      message?: string;
      error?: { name?: string; message?: string };
    };
    if (body.error !== undefined) {
      const { name = '', message = '' } = body.error;
      return new ApiError('backend', response.status, name, message, path);
    }
    if (body.kind === 'Status') {
      const { reason = '', message = '' } = body;
      return new ApiError('cluster', response.status, reason, message, path);
    }
  } catch {
    // Not JSON: a gateway's page, or the empty 404 of a route that the backend does not know.
  }
  const failure = text.trim() === '' ? 'backend' : 'answer';
  return new ApiError(failure, response.status, '', text.slice(0, 500), path);
}

/** Asks the backend, as whom the user said; anything but 2xx is an {@link ApiError}. */
export async function request(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  const token = tokens.get('backend');
  if (token !== undefined) {
    headers.set('Authorization', `Bearer ${token}`);
  }
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers, cache: 'no-store' });
  } catch (cause) {
    throw isAbort(cause) ? cause : networkError(path, cause);
  }
  if (!response.ok) {
    throw await errorOf(response, path);
  }
  return response;
}

export async function requestJson<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await request(path, init);
  let text: string;
  try {
    text = await response.text();
  } catch (cause) {
    throw isAbort(cause) ? cause : networkError(path, cause);
  }
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new ApiError('answer', response.status, '', text.slice(0, 500), path);
  }
}
