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

/** So often it is asked whether a log goes on that ended: its container, or only what stood in between, may have ended. */
const MAX_LOOKS = 3;

/** What is open for so long is followed, though nothing new has come. */
const OPEN_MILLIS = 1_000;

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
  private unfinished: string[] = [];

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
    let looks = 0;
    for (let attempt = 0; !this.abort.signal.aborted;) {
      const before = this.buffer.added;
      try {
        await this.readOnce();
        attempt = 0;
        looks = this.buffer.added > before ? 1 : looks + 1;
        this.become({ phase: 'ended' });
        // Without times it would all come again.
        const isTimed = this.buffer.lastTime !== '' || this.buffer.added === 0;
        if (!this.options.follow || !isTimed || looks > MAX_LOOKS) {
          return;
        }
        await this.pause(looks);
      } catch (error) {
        if (isAbort(error) || this.abort.signal.aborted) {
          return;
        }
        // Lines that came again are no progress.
        attempt = this.buffer.added > before ? 1 : attempt + 1;
        const goesOn = this.options.follow && isWorthAnotherTry(error) && attempt <= MAX_ATTEMPTS;
        if (!goesOn) {
          this.take(this.unfinished);
          this.become({ phase: 'failed', error });
          return;
        }
        this.become({ phase: 'reconnecting', attempt, error });
        await this.pause(attempt);
      }
    }
  }

  private async readOnce(): Promise<void> {
    const since = this.buffer.lastTime === '' ? undefined : this.buffer.lastTime;
    const response = await this.options.open(since, this.abort.signal);
    if (since !== undefined) {
      this.buffer.resume();
    }
    const reading = () => this.become({ phase: 'reading' });
    let open: ReturnType<typeof setTimeout> | undefined;
    if (this.state.phase === 'ended') {
      open = setTimeout(reading, OPEN_MILLIS);
    } else {
      reading();
    }
    const decoder = new LineDecoder();
    const reader = response.body?.getReader();
    const next = () =>
      reader?.read().catch((cause: unknown) => {
        throw isAbort(cause) ? cause : networkError(response.url, cause);
      });
    try {
      for (let part = await next(); part?.value !== undefined; part = await next()) {
        this.take(decoder.push(part.value));
      }
      this.take(decoder.end());
    } catch (error) {
      // It comes whole if the log is asked for again.
      this.unfinished = decoder.end();
      throw error;
    } finally {
      clearTimeout(open);
    }
  }

  private take(lines: string[]): void {
    const before = this.buffer.added;
    this.buffer.add(lines);
    if (this.state.phase === 'ended' && this.buffer.added > before) {
      this.state = { phase: 'reading' };
    }
    this.showSoon();
  }

  private pause(attempt: number): Promise<void> {
    const millis = (this.options.delay ?? backoff)(attempt);
    const { signal } = this.abort;
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
