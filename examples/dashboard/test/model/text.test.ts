import { describe, expect, it } from 'vitest';
import { formatAge, formatSpan } from '../../src/model/age';
import { cut, httpUrl, shorten, visible } from '../../src/model/text';
import { toYaml, yamlParts } from '../../src/model/yamlText';

describe('text of clusters', () => {
  it('shows control characters and marks that turn text around', () => {
    expect(visible('a\u0000b\u202egnp.exe\u200b')).toBe('a⟨U+0000⟩b⟨U+202E⟩gnp.exe⟨U+200B⟩');
  });

  it('keeps line breaks, tabs and letters of all scripts', () => {
    expect(visible('a\tb\nשלום 日本 🚀')).toBe('a\tb\nשלום 日本 🚀');
  });

  it('is cut between characters, in one line', () => {
    expect(shorten('one\n two   three', 9)).toBe('one two …');
    expect(shorten('🚀🚀🚀🚀', 3)).toBe('🚀🚀…');
    expect(shorten('short', 10)).toBe('short');
  });

  it('keeps its blanks where they mean something', () => {
    expect(cut('  a\tb', 4)).toEqual({ text: '  a\t', more: 1 });
  });

  it('costs the same however long it is', () => {
    expect(shorten('x'.repeat(50_000_000), 10)).toBe('xxxxxxxxx…');
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'ftp://a', 'not a url', '', undefined])(
    'makes no link of %s',
    (url) => {
      expect(httpUrl(url)).toBeUndefined();
    },
  );

  it('makes links of http and https', () => {
    expect(httpUrl('https://console.example.com/a?b')).toBe('https://console.example.com/a?b');
  });
});

describe('ages', () => {
  it('have two units while the first is small', () => {
    expect(
      [500, 59_000, 61_000, 3_600_000 * 3.2, 3_600_000 * 15, 86_400_000 * 40].map(formatSpan),
    ).toEqual(['0s', '59s', '1m1s', '3h12m', '15h', '40d']);
  });

  it('are a dash if nobody told them', () => {
    expect([formatAge(undefined, 0), formatAge('yesterday', 0)]).toEqual(['–', '–']);
  });
});

describe('YAML', () => {
  const object = {
    kind: 'Pod',
    metadata: { name: 'true', managedFields: [{ manager: 'kubectl' }] },
  };

  it('leaves managedFields out unless they are asked for', () => {
    expect(toYaml(object, false)).toBe('kind: Pod\nmetadata:\n  name: "true"\n');
    expect(toYaml(object, true)).toContain('manager: kubectl');
  });

  it('repeats what is there twice instead of pointing to it', () => {
    const shared = { a: 1 };
    expect(toYaml({ spec: { one: shared, two: shared } }, false)).not.toMatch(/[&*]/);
  });

  it('has keys that can be told from values', () => {
    expect(yamlParts('  - name: a: b')).toEqual({ indent: '  - ', key: 'name:', rest: ' a: b' });
    expect(yamlParts('just text')).toEqual({ indent: '', key: '', rest: 'just text' });
  });
});
