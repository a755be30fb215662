const UNITS: [string, number][] = [
  ['y', 365 * 86_400],
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
];

/** A span as kubectl tells it: `5d`, `3h12m` while it is short of ten hours. */
export function formatSpan(millis: number): string {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  const at = UNITS.findIndex(([, size]) => seconds >= size);
  const [unit, size] = UNITS[at] ?? ['s', 1];
  const whole = Math.floor(seconds / size);
  const [nextUnit, nextSize] = UNITS[at + 1] ?? ['', 1];
  const rest = Math.floor((seconds % size) / nextSize);
  return whole < 10 && at >= 0 && rest > 0 && nextUnit !== ''
    ? `${whole}${unit}${rest}${nextUnit}`
    : `${whole}${unit}`;
}

/** How long ago a time was; a dash if nobody told it. */
export function formatAge(time: string | undefined, now: number): string {
  const at = time === undefined ? Number.NaN : Date.parse(time);
  return Number.isNaN(at) ? '–' : formatSpan(now - at);
}
