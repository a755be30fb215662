/** How well things are: the one model that the rows, the counts and the filter share. */

export type Health = 'failing' | 'warning' | 'progressing' | 'unknown' | 'healthy' | 'finished';

/** From what needs a look first to what needs none. */
export const HEALTHS: readonly Health[] = [
  'failing',
  'unknown',
  'warning',
  'progressing',
  'healthy',
  'finished',
];

export const HEALTH_LABELS: Record<Health, string> = {
  failing: 'Failing',
  unknown: 'Unknown',
  warning: 'Warning',
  progressing: 'In progress',
  healthy: 'Healthy',
  finished: 'Finished',
};

export interface Verdict {
  health: Health;
  /** A word or two, as Kubernetes has it: `CrashLoopBackOff`, `2 of 3 ready`. */
  reason: string;
  /** What Kubernetes says about it; may be empty, long and hostile. */
  message: string;
}

export function verdict(health: Health, reason: string, message = ''): Verdict {
  return { health, reason, message };
}

export function isProblem(health: Health): boolean {
  return health === 'failing' || health === 'unknown' || health === 'warning';
}

export function rank(health: Health): number {
  return HEALTHS.indexOf(health);
}

export function worst(verdicts: readonly Verdict[]): Verdict | undefined {
  return verdicts.reduce<Verdict | undefined>(
    (worstYet, next) =>
      worstYet === undefined || rank(next.health) < rank(worstYet.health) ? next : worstYet,
    undefined,
  );
}
