import { useState } from 'react';
import { clustersThatAsk } from '../api/auth';
import type { Cluster, LookupAnswer, Problem } from '../api/types';
import { type Gap, gapsOf, notServed } from '../model/gaps';
import { plural } from '../model/quantity';
import { shorten } from '../model/text';
import { GapItem } from './GapItem';
import { HostileText } from './HostileText';
import { Icon } from './Icon';

interface Props {
  answer: LookupAnswer;
  clusters: readonly Cluster[];
  onAskToken: () => void;
}

/** Of more clusters than this that fail, the others are shown on demand. */
const MAX_SHOWN = 8;

/** What could not be read and why, and what to do: one item for each cluster and status. */
export function Gaps({ answer, clusters, onAskToken }: Props) {
  const [all, setAll] = useState(false);
  const gaps = gapsOf(answer.matrix);
  const unserved = notServed(answer.matrix);
  const { problems, cells } = answer.matrix;
  if (gaps.length + problems.length + unserved.length === 0) {
    return null;
  }
  const asking = clustersThatAsk(clusters);
  const lists = gaps.reduce((sum, gap) => sum + gap.cells.length, 0);
  const serious = gaps.length > 0 || problems.some(({ severity }) => severity !== 'INFO');
  return (
    <section className={`gaps ${serious ? 'serious' : ''}`} aria-labelledby="gaps-title">
      <h2 id="gaps-title">
        {serious ? 'Not everything could be read' : 'About this look-up'}
        {lists > 0 && (
          <span className="muted">
            {' '}
            {lists} of {plural(cells.length, 'list')}
          </span>
        )}
      </h2>
      <ul className="gap-list">
        {problems.map((problem) => (
          <ProblemItem key={`${problem.source} ${problem.message}`} problem={problem} />
        ))}
        {(all ? gaps : gaps.slice(0, MAX_SHOWN)).map((gap) => (
          <GapItem
            key={`${gap.cluster} ${gap.status}`}
            gap={gap}
            onAskToken={asking.has(gap.cluster) ? onAskToken : undefined}
          />
        ))}
        {unserved.map((gap) => (
          <UnservedItem key={gap.cluster} gap={gap} />
        ))}
      </ul>
      {gaps.length > MAX_SHOWN && (
        <div className="gap-more">
          <button type="button" className="link" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Show fewer' : `Show all ${gaps.length} reasons`}
          </button>
        </div>
      )}
    </section>
  );
}

const SEVERITIES = { ERROR: 'failing', WARNING: 'warning', INFO: 'unknown' } as const;

function ProblemItem({ problem }: { problem: Problem }) {
  const { severity, source, message } = problem;
  return (
    <li className="gap">
      <div className="gap-line">
        <span className={`badge ${SEVERITIES[severity] ?? 'unknown'}`}>
          <Icon name={SEVERITIES[severity] ?? 'unknown'} />
          {severity}
        </span>
        <span className="gap-cluster">{shorten(source, 80)}</span>
        <HostileText text={message} />
      </div>
    </li>
  );
}

function UnservedItem({ gap }: { gap: Gap }) {
  return (
    <li className="gap">
      <div className="gap-line">
        <span className="badge finished">
          <Icon name="finished" />
          NOT_SERVED
        </span>
        <span className="gap-cluster">{shorten(gap.cluster, 60)}</span>
        <span className="muted">
          does not serve {shorten(gap.types.join(', '), 160)}. Nothing to do, if it has no such
          objects.
        </span>
      </div>
    </li>
  );
}
