/**
 * What clusters say need not be what its type promises: custom resources hold anything, and what an API server checks today a
 * proxy may spoil tomorrow. Values are brought into shape once, where they come in, so that whoever reads them can rely on it.
 */
export type Shape =
  | 'text'
  /** A text that is always there. */
  | 'name'
  | 'number'
  | 'flag'
  /** Texts by key, such as labels. */
  | 'texts'
  | { list: Shape }
  | { fields: Readonly<Record<string, Shape>> };

type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text of a scalar; undefined of anything else. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : undefined;
}

function shapeTexts(value: unknown): unknown {
  if (!isFields(value)) {
    return undefined;
  }
  const entries = Object.entries(value);
  return entries.every(([, one]) => typeof one === 'string')
    ? value
    : Object.fromEntries(
        entries.flatMap(([key, one]) => {
          const text = textOf(one);
          return text === undefined ? [] : [[key, text]];
        }),
      );
}

function shapeList(value: unknown, item: Shape): unknown {
  if (!Array.isArray(value)) {
    return undefined;
  }
  const before: unknown[] = value;
  const after = before.map((one) => shaped(one, item));
  return after.every((one, at) => one !== undefined && one === before[at])
    ? before
    : after.filter((one) => one !== undefined);
}

function shapeFields(value: unknown, fields: Readonly<Record<string, Shape>>): unknown {
  if (!isFields(value)) {
    return undefined;
  }
  let result = value;
  for (const [name, shape] of Object.entries(fields)) {
    if (!(name in value) && shape !== 'name') {
      continue;
    }
    const after = shaped(value[name], shape);
    if (after !== value[name] || after === undefined) {
      result = result === value ? { ...value } : result;
      if (after === undefined) {
        delete result[name];
      } else {
        result[name] = after;
      }
    }
  }
  return result;
}

/** The value in that shape, without what does not fit; the same one if all fits, and undefined if nothing does. */
export function shaped(value: unknown, shape: Shape): unknown {
  switch (shape) {
    case 'text':
      return textOf(value);
    case 'name':
      return textOf(value) ?? '';
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
    case 'flag':
      return typeof value === 'boolean' ? value : undefined;
    case 'texts':
      return shapeTexts(value);
    default:
      return 'list' in shape ? shapeList(value, shape.list) : shapeFields(value, shape.fields);
  }
}
