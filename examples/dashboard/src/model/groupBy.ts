/** What has one key, in the order in which keys and values come. */
export function groupBy<T>(values: Iterable<T>, keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const found = groups.get(key);
    if (found === undefined) {
      groups.set(key, [value]);
    } else {
      found.push(value);
    }
  }
  return groups;
}
