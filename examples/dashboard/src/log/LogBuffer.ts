export interface LogLine {
  /** Counts on when old lines are dropped, so that it can be a key. */
  number: number;
  /** RFC 3339, or empty if the line has none. */
  time: string;
  text: string;
}

const STAMPED = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)) ?(.*)$/s;
// eslint-disable-next-line no-control-regex -- the escape that colours start with
const COLOURS = /\u001b\[[0-9;]*[A-Za-z]/g;

function parseLine(line: string): { time: string; text: string } {
  const [, time = '', text = line] = STAMPED.exec(line) ?? [];
  return { time, text: text.replace(COLOURS, '') };
}

/** Fractions of seconds come without trailing zeros, so text does not compare as time. */
export function compareTimes(a: string, b: string): number {
  const [secondsA = '', fractionA = ''] = a.replace('Z', '').split('.');
  const [secondsB = '', fractionB = ''] = b.replace('Z', '').split('.');
  const digits = Math.max(fractionA.length, fractionB.length);
  const [x, y] = [
    secondsA + fractionA.padEnd(digits, '0'),
    secondsB + fractionB.padEnd(digits, '0'),
  ];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** So many characters are kept, however few lines they are. */
const MAX_LENGTH = 20_000_000;

/** The last lines of a log. */
export class LogBuffer {
  private kept: LogLine[] = [];
  private next = 1;
  private atLastTime = 0;
  private skipAtLastTime = 0;
  private resuming = false;
  private skipping = false;
  private length = 0;
  dropped = 0;
  lastTime = '';

  constructor(
    readonly capacity = 10_000,
    private readonly maxLength = MAX_LENGTH,
  ) {}

  /** How many lines were ever added; those that came again after a break are not. */
  get added(): number {
    return this.next - 1;
  }

  get lines(): readonly LogLine[] {
    return this.kept;
  }

  /** The log is asked for again from {@link lastTime} on, so lines that are here already come again. */
  resume(): void {
    this.resuming = true;
    this.skipAtLastTime = this.atLastTime;
  }

  add(raw: readonly string[]): void {
    const added = raw.map(parseLine).filter((line) => this.isNew(line.time));
    for (const { time, text } of added) {
      this.kept.push({ number: this.next++, time, text });
      this.length += text.length;
      if (time !== '') {
        this.atLastTime = time === this.lastTime ? this.atLastTime + 1 : 1;
        this.lastTime = time;
      }
    }
    let over = 0;
    while (this.kept.length - over > this.capacity || this.length > this.maxLength) {
      this.length -= this.kept[over++]?.text.length ?? this.length;
    }
    if (over > 0) {
      this.kept = this.kept.slice(over);
      this.dropped += over;
    }
  }

  /** What has no time is the rest of a long line, which goes with its beginning. */
  private isNew(time: string): boolean {
    const isNew = time === '' ? !this.skipping : this.isNewAt(time);
    this.skipping = !isNew;
    return isNew;
  }

  private isNewAt(time: string): boolean {
    if (!this.resuming || this.lastTime === '') {
      return true;
    }
    const order = compareTimes(time, this.lastTime);
    if (order < 0) {
      return false;
    }
    if (order === 0 && this.skipAtLastTime > 0) {
      this.skipAtLastTime--;
      return false;
    }
    this.resuming = false;
    return true;
  }
}
