import { describe, expect, it, vi } from 'vitest';
import { describeError } from '../../src/api/errors';
import { ApiError } from '../../src/api/http';
import { LineDecoder } from '../../src/log/LineDecoder';
import { compareTimes, LogBuffer } from '../../src/log/LogBuffer';
import { LogStream, type LogStreamOptions } from '../../src/log/LogStream';
import { findLines, splitMatches } from '../../src/log/search';

const encoder = new TextEncoder();

describe('decoding a stream', () => {
  it('puts characters together that were cut in two', () => {
    const decoder = new LineDecoder();
    const bytes = encoder.encode('grüße 🚀\nende');
    const lines = [...bytes].flatMap((byte) => decoder.push(new Uint8Array([byte])));
    expect([...lines, ...decoder.end()]).toEqual(['grüße 🚀', 'ende']);
  });

  it('takes line ends of both kinds, and empty lines', () => {
    const decoder = new LineDecoder();
    expect([...decoder.push(encoder.encode('a\r\n\nb\n')), ...decoder.end()]).toEqual([
      'a',
      '',
      'b',
    ]);
  });

  it('cuts a line that does not end', () => {
    const decoder = new LineDecoder(4);
    expect([...decoder.push(encoder.encode('abcdefghij')), ...decoder.end()]).toEqual([
      'abcd',
      'efgh',
      'ij',
    ]);
  });

  it('shows bytes that are no text as such', () => {
    expect(new LineDecoder().push(new Uint8Array([0xff, 0x0a]))).toEqual(['\ufffd']);
  });
});

describe('the buffer of a log', () => {
  it('keeps the last lines, and counts those that it dropped', () => {
    const buffer = new LogBuffer(3);
    buffer.add(['1', '2', '3', '4', '5']);
    expect(buffer.lines.map(({ text, number }) => [number, text])).toEqual([
      [3, '3'],
      [4, '4'],
      [5, '5'],
    ]);
    expect(buffer.dropped).toBe(2);
  });

  it('tells the time from the text, and leaves colours out', () => {
    const buffer = new LogBuffer();
    buffer.add(['2026-01-01T00:00:00.5Z \u001b[31mred\u001b[0m', 'no time']);
    expect(buffer.lines.map(({ time, text }) => [time, text])).toEqual([
      ['2026-01-01T00:00:00.5Z', 'red'],
      ['', 'no time'],
    ]);
  });

  it('keeps no more than so many characters, however few lines they are', () => {
    const buffer = new LogBuffer(100, 10);
    buffer.add(['12345', '67890', 'abc', 'def']);
    expect(buffer.lines.map(({ text }) => text)).toEqual(['abc', 'def']);
    expect(buffer.dropped).toBe(2);
  });

  it('does not repeat the rest of a long line, which has no time', () => {
    const buffer = new LogBuffer();
    buffer.add(['2026-01-01T00:00:01Z long', 'er', '2026-01-01T00:00:02Z b']);
    buffer.resume();
    buffer.add(['2026-01-01T00:00:01Z long', 'er', '2026-01-01T00:00:02Z b', 'c']);
    buffer.add(['2026-01-01T00:00:03Z d', 'e']);
    expect(buffer.lines.map(({ text }) => text)).toEqual(['long', 'er', 'b', 'd', 'e']);
  });

  it('does not repeat what comes again after a break', () => {
    const buffer = new LogBuffer();
    const at = (time: string, text: string) => `2026-01-01T00:00:${time}Z ${text}`;
    buffer.add([at('01', 'a'), at('02', 'b'), at('02', 'c')]);
    buffer.resume();
    buffer.add([at('01', 'a'), at('02', 'b'), at('02', 'c'), at('02', 'd'), at('03', 'e')]);
    expect(buffer.lines.map(({ text }) => text).join('')).toBe('abcde');
  });

  it('compares times with and without fractions', () => {
    expect(compareTimes('2026-01-01T00:00:00Z', '2026-01-01T00:00:00.1Z')).toBe(-1);
    expect(compareTimes('2026-01-01T00:00:00.10Z', '2026-01-01T00:00:00.1Z')).toBe(0);
    expect(compareTimes('2026-01-01T00:00:01Z', '2026-01-01T00:00:00.9Z')).toBe(1);
  });
});

describe('searching a log', () => {
  it('finds lines in any case, and marks each match', () => {
    expect(findLines([{ text: 'ERROR a' }, { text: 'ok' }, { text: 'error' }], 'Error')).toEqual([
      0, 2,
    ]);
    expect(splitMatches('xAxaX', 'xa')).toEqual([
      { text: 'xA', match: true },
      { text: 'xa', match: true },
      { text: 'X', match: false },
    ]);
  });

  it('does not cut letters whose lower case is longer', () => {
    expect(splitMatches('İx', 'x')).toEqual([{ text: 'İx', match: true }]);
  });
});

/** A body of parts; an error breaks it off. */
function body(...parts: (string | Error)[]): Response {
  return new Response(
    new ReadableStream<Uint8Array>({
      pull(controller) {
        const part = parts.shift();
        if (part === undefined) {
          controller.close();
        } else if (part instanceof Error) {
          controller.error(part);
        } else {
          controller.enqueue(encoder.encode(part));
        }
      },
    }),
  );
}

async function read(options: LogStreamOptions): Promise<LogStream> {
  const stream = new LogStream({ delay: () => 0, ...options });
  await stream.run();
  await new Promise((resolve) => stream.subscribe(() => resolve(undefined)));
  return stream;
}

const texts = (stream: LogStream) => stream.view().lines.map(({ text }) => text);

describe('reading a log', () => {
  it('ends when the log does', async () => {
    const stream = await read({ follow: false, open: () => Promise.resolve(body('a\nb', 'c\n')) });
    expect([texts(stream), stream.view().state.phase]).toEqual([['a', 'bc'], 'ended']);
  });

  it('goes on where a followed log broke off', async () => {
    const since: (string | undefined)[] = [];
    const answers = [
      body('2026-01-01T00:00:01Z a\n', new TypeError('network error')),
      body('2026-01-01T00:00:01Z a\n2026-01-01T00:00:02Z b\n'),
    ];
    const stream = await read({
      follow: true,
      open: (time) => {
        since.push(time);
        return Promise.resolve(answers.shift() ?? body());
      },
    });
    expect([texts(stream), since.slice(0, 2)]).toEqual([
      ['a', 'b'],
      [undefined, '2026-01-01T00:00:01Z'],
    ]);
  });

  it('keeps what it has, and says so, if what is not followed breaks off', async () => {
    const stream = await read({
      follow: false,
      open: () => Promise.resolve(body('a\n', new TypeError('network error'))),
    });
    expect([texts(stream), stream.view().state.phase]).toEqual([['a'], 'failed']);
  });

  it('tells a break as one of the connection, not as a mistake of the dashboard', async () => {
    const stream = await read({
      follow: false,
      open: () => Promise.resolve(body('a\n', new TypeError('terminated'))),
    });
    const { state } = stream.view();
    expect(state.phase === 'failed' && describeError(state.error)).toEqual({
      title: 'The backend cannot be reached',
      said: 'terminated',
      cure: 'Check that it runs, and your network.',
      askForToken: false,
    });
  });

  const again = (line: string) => body(`${line}\n`, new TypeError('terminated'));

  it('waits longer each time, and gives up, if only lines come that it has', async () => {
    const attempts: number[] = [];
    const stream = await read({
      follow: true,
      open: () => Promise.resolve(again('2026-01-01T00:00:01Z a')),
      delay: (attempt) => {
        attempts.push(attempt);
        return 0;
      },
    });
    expect([texts(stream), stream.view().state.phase]).toEqual([['a'], 'failed']);
    expect(attempts).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('does not wait longer if lines came in between', async () => {
    const attempts: number[] = [];
    const answers = ['1', '1', '2', '2'].map((at) => again(`2026-01-01T00:00:0${at}Z ${at}`));
    await read({
      follow: true,
      open: () => Promise.resolve(answers.shift() ?? body()),
      delay: (attempt) => {
        attempts.push(attempt);
        return 0;
      },
    });
    expect(attempts.slice(0, 4)).toEqual([1, 2, 1, 2]);
  });

  it('leaves nothing behind that listens for its end', async () => {
    const added = vi.spyOn(AbortSignal.prototype, 'addEventListener');
    const removed = vi.spyOn(AbortSignal.prototype, 'removeEventListener');
    const answers = [again('2026-01-01T00:00:01Z a'), body()];
    await read({ follow: true, open: () => Promise.resolve(answers.shift() ?? body()) });
    expect(added).toHaveBeenCalled();
    expect(removed.mock.calls.map(([type, listener]) => [type, listener])).toEqual(
      added.mock.calls.map(([type, listener]) => [type, listener]),
    );
    vi.restoreAllMocks();
  });

  it('looks again whether a log that ended goes on, a few times', async () => {
    const delays: number[] = [];
    const answers = ['1', '2', '2', '2', '2', '3'].map((at) =>
      body(`2026-01-01T00:00:0${at}Z ${at}\n`),
    );
    const stream = await read({
      follow: true,
      open: () => Promise.resolve(answers.shift()!),
      delay: (look) => {
        delays.push(look);
        return 0;
      },
    });
    expect([texts(stream), stream.view().state.phase]).toEqual([['1', '2'], 'ended']);
    expect(delays).toEqual([1, 1, 2, 3]);
  });

  it('does not look again for lines without times, which would all come again', async () => {
    let asked = 0;
    const open = () => Promise.resolve(body(`line ${++asked}\n`));
    expect(texts(await read({ follow: true, open }))).toEqual(['line 1']);
  });

  it('takes a line whole that was cut off when the log broke', async () => {
    const answers = [
      body('2026-01-01T00:00:01Z a\n2026-01-01T00:00:02Z the bill is 10', new TypeError('lost')),
      body('2026-01-01T00:00:01Z a\n2026-01-01T00:00:02Z the bill is 1000 EUR\n'),
    ];
    const open = () => Promise.resolve(answers.shift() ?? body());
    expect(texts(await read({ follow: true, open }))).toEqual(['a', 'the bill is 1000 EUR']);
  });

  it('shows what it has of a line if it cannot be had whole', async () => {
    const open = () =>
      Promise.resolve(body('2026-01-01T00:00:01Z half a li', new TypeError('lost')));
    expect(texts(await read({ follow: false, open }))).toEqual(['half a li']);
  });

  it('does not ask again for what is forbidden', async () => {
    let asked = 0;
    const stream = await read({
      follow: true,
      open: () => {
        asked++;
        return Promise.reject(new ApiError('cluster', 403, 'Forbidden', 'no', 'log'));
      },
    });
    expect([asked, stream.view().state.phase]).toEqual([1, 'failed']);
  });

  it('tries again while the backend is down, but not for ever', async () => {
    let asked = 0;
    const stream = await read({
      follow: true,
      open: () => {
        asked++;
        return Promise.reject(new ApiError('network', 0, '', 'down', 'log'));
      },
    });
    expect([asked, stream.view().state.phase]).toEqual([9, 'failed']);
  });
});
