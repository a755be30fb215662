/** Makes lines of the bytes of a stream, which may be cut anywhere, also within a character. */
export class LineDecoder {
  private readonly decoder = new TextDecoder();
  private rest = '';

  /** A line that is longer than this is cut into several, so that one without end takes no memory without end. */
  constructor(private readonly maxLength = 64 * 1024) {}

  push(bytes: Uint8Array): string[] {
    return this.take(this.decoder.decode(bytes, { stream: true }));
  }

  /** What is left when the stream ended. */
  end(): string[] {
    const lines = this.take(this.decoder.decode());
    const { rest } = this;
    this.rest = '';
    return rest === '' ? lines : [...lines, rest];
  }

  private take(text: string): string[] {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    const whole = lines.flatMap((line) => this.cut(line.endsWith('\r') ? line.slice(0, -1) : line));
    if (this.rest.length > this.maxLength) {
      const parts = this.cut(this.rest);
      this.rest = parts.pop() ?? '';
      whole.push(...parts);
    }
    return whole;
  }

  private cut(line: string): string[] {
    if (line.length <= this.maxLength) {
      return [line];
    }
    const parts: string[] = [];
    for (let at = 0; at < line.length; at += this.maxLength) {
      parts.push(line.slice(at, at + this.maxLength));
    }
    return parts;
  }
}
