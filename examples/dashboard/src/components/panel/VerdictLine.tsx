import type { Verdict } from '../../model/health';
import { HealthBadge } from '../HealthBadge';
import { HostileText } from '../HostileText';

export function VerdictLine({ verdict }: { verdict: Verdict }) {
  return (
    <div className="verdict">
      <HealthBadge verdict={verdict} />
      {verdict.message !== '' && (
        <p>
          <HostileText text={verdict.message} length={600} />
        </p>
      )}
    </div>
  );
}
