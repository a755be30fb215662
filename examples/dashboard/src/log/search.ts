export interface Part {
  text: string;
  match: boolean;
}

/** The text in parts, so that what was searched for can be marked. */
export function splitMatches(text: string, query: string): Part[] {
  if (query === '') {
    return [{ text, match: false }];
  }
  const parts: Part[] = [];
  const lower = text.toLowerCase();
  const wanted = query.toLowerCase();
  // Lower case of some letters is longer, and then positions are not those of the text.
  if (lower.length !== text.length) {
    return [{ text, match: lower.includes(wanted) }];
  }
  let from = 0;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    if (at > from) {
      parts.push({ text: text.slice(from, at), match: false });
    }
    parts.push({ text: text.slice(at, at + wanted.length), match: true });
    from = at + wanted.length;
  }
  if (from < text.length || parts.length === 0) {
    parts.push({ text: text.slice(from), match: false });
  }
  return parts;
}

/** Indexes of the lines that hold the query. */
export function findLines(lines: readonly { text: string }[], query: string): number[] {
  const wanted = query.toLowerCase();
  if (wanted === '') {
    return [];
  }
  return lines.flatMap(({ text }, index) => (text.toLowerCase().includes(wanted) ? [index] : []));
}
