/**
 * What clusters say is shown as text, and may be anything: megabytes, control characters, marks that turn the direction of
 * the text around. Those that show nothing are made visible, so that nothing reads as what it is not.
 */

// eslint-disable-next-line no-control-regex -- they are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f]/g;
const C1 = /[\u0080-\u009f]/g;
const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

function codePoint(character: string): string {
  return `⟨U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

/** Makes control characters and bidi marks visible; line breaks and tabs stay. */
export function visible(text: string): string {
  return text.replace(CONTROLS, codePoint).replace(C1, codePoint).replace(INVISIBLE, codePoint);
}

/** The text in one line, cut in the end with `…` if it is longer than that. */
export function shorten(text: string, length: number): string {
  // Cut before anything else: a huge text should cost nothing.
  const start = text
    .slice(0, length * 2 + 16)
    .replace(/\s+/g, ' ')
    .trim();
  const shown = visible(start);
  const points = Array.from(shown);
  return points.length > length || text.length > length * 2 + 16
    ? `${points.slice(0, length - 1).join('')}…`
    : shown;
}

export interface Cut {
  text: string;
  /** How many characters were left out in the end. */
  more: number;
}

/** The text as it is, up to a length: for lines of logs and YAML, where blanks mean something. */
export function cut(text: string, length: number): Cut {
  return { text: visible(text.slice(0, length)), more: Math.max(0, text.length - length) };
}

/** The URL, if it is one that a link may lead to. */
export function httpUrl(url: string | undefined): string | undefined {
  if (url === undefined) {
    return undefined;
  }
  try {
    const { protocol, href } = new URL(url);
    return protocol === 'http:' || protocol === 'https:' ? href : undefined;
  } catch {
    return undefined;
  }
}
