import { ApiError, isAbort } from '../api/http';
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

/** An answer of 4xx will be the same the next time; what broke may not. */
function isWorthAnotherTry(error: unknown): boolean {
  return !(error instanceof ApiError) || error.failure === 'network' || error.status >= 500;
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
      try {
        const read = await this.readOnce();
        if (!read.broke) {
          this.become({ phase: 'ended' });
          return;
        }
        attempt = read.lines > 0 ? 1 : attempt + 1;
        await this.waitFor(attempt, read.error);
      } catch (error) {
        if (isAbort(error) || this.abort.signal.aborted) {
          return;
        }
        attempt++;
        const goesOn = this.options.follow && isWorthAnotherTry(error) && attempt <= MAX_ATTEMPTS;
        if (!goesOn) {
          this.become({ phase: 'failed', error });
          return;
        }
        await this.waitFor(attempt, error);
      }
    }
  }

  private async readOnce(): Promise<{ broke: boolean; lines: number; error?: unknown }> {
    const since = this.buffer.lastTime === '' ? undefined : this.buffer.lastTime;
    const response = await this.options.open(since, this.abort.signal);
    if (since !== undefined) {
      this.buffer.resume();
    }
    this.become({ phase: 'reading' });
    const decoder = new LineDecoder();
    let lines = 0;
    const take = (some: string[]) => {
      lines += some.length;
      this.buffer.add(some);
      this.showSoon();
    };
    const reader = response.body?.getReader();
    try {
      for (
        let part = await reader?.read();
        part?.value !== undefined;
        part = await reader?.read()
      ) {
        take(decoder.push(part.value));
      }
    } catch (error) {
      take(decoder.end());
      if (this.options.follow && !this.abort.signal.aborted) {
        return { broke: true, lines, error };
      }
      throw error;
    }
    take(decoder.end());
    return { broke: false, lines };
  }

  private waitFor(attempt: number, error: unknown): Promise<void> {
    this.become({ phase: 'reconnecting', attempt, error });
    const millis = (this.options.delay ?? backoff)(attempt);
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(done, millis);
      this.abort.signal.addEventListener('abort', done, { once: true });
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
