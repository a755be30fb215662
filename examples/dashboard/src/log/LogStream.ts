import { isAbort, isWorthAnotherTry, networkError } from '../api/http';
import { LineDecoder } from './LineDecoder';
import { LogBuffer, type LogLine } from './LogBuffer';

export type LogPhase =
  | { phase: 'connecting' }
  | { phase: 'reading' }
  | { phase: 'ended' }
  | { phase: 'reconnecting'; attempt: number; error: unknown }
  | { phase: 'failed'; error: unknown };

export interface LogView {
  state: LogPhase;
  lines: readonly LogLine[];
  dropped: number;
}

export type OpenLog = (sinceTime: string | undefined, signal: AbortSignal) => Promise<Response>;

export interface LogStreamOptions {
  open: OpenLog;
  follow: boolean;
  capacity?: number;
  /** Millis before the n-th attempt to go on. */
  delay?: (attempt: number) => number;
}

const MAX_ATTEMPTS = 8;

function backoff(attempt: number): number {
  return Math.min(500 * 2 ** attempt, 15_000);
}

/**
 * Reads a log, and goes on where it broke off if it is followed. Holds what is shown, for useSyncExternalStore: each view
 * is a new object, and comes at most once in a while, however fast lines come.
 */
export class LogStream {
  private readonly buffer: LogBuffer;
  private readonly abort = new AbortController();
  private readonly listeners = new Set<() => void>();
  private state: LogPhase = { phase: 'connecting' };
  private shown: LogView;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: LogStreamOptions) {
    this.buffer = new LogBuffer(options.capacity);
    this.shown = { state: this.state, lines: [], dropped: 0 };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly view = (): LogView => this.shown;

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.abort.abort();
  }

  async run(): Promise<void> {
    for (let attempt = 0; !this.abort.signal.aborted;) {
      const before = this.buffer.added;
      try {
        await this.readOnce();
        this.become({ phase: 'ended' });
        return;
      } catch (error) {
        if (isAbort(error) || this.abort.signal.aborted) {
          return;
        }
        // Lines that came again are no progress.
        attempt = this.buffer.added > before ? 1 : attempt + 1;
        const goesOn = this.options.follow && isWorthAnotherTry(error) && attempt <= MAX_ATTEMPTS;
        if (!goesOn) {
          this.become({ phase: 'failed', error });
          return;
        }
        await this.waitFor(attempt, error);
      }
    }
  }

  private async readOnce(): Promise<void> {
    const since = this.buffer.lastTime === '' ? undefined : this.buffer.lastTime;
    const response = await this.options.open(since, this.abort.signal);
    if (since !== undefined) {
      this.buffer.resume();
    }
    this.become({ phase: 'reading' });
    const decoder = new LineDecoder();
    const take = (lines: string[]) => {
      this.buffer.add(lines);
      this.showSoon();
    };
    const reader = response.body?.getReader();
    const next = () =>
      reader?.read().catch((cause: unknown) => {
        throw isAbort(cause) ? cause : networkError(response.url, cause);
      });
    try {
      for (let part = await next(); part?.value !== undefined; part = await next()) {
        take(decoder.push(part.value));
      }
    } finally {
      take(decoder.end());
    }
  }

  private waitFor(attempt: number, error: unknown): Promise<void> {
    const { signal } = this.abort;
    this.become({ phase: 'reconnecting', attempt, error });
    const millis = (this.options.delay ?? backoff)(attempt);
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, millis);
      signal.addEventListener('abort', done);
    });
  }

  private become(state: LogPhase): void {
    this.state = state;
    this.showSoon();
  }

  private showSoon(): void {
    if (this.timer === undefined && !this.abort.signal.aborted) {
      this.timer = setTimeout(() => this.show(), 80);
    }
  }

  private show(): void {
    this.timer = undefined;
    const { lines, dropped } = this.buffer;
    this.shown = { state: this.state, lines: [...lines], dropped };
    this.listeners.forEach((listener) => listener());
  }
}
