import type { ReactNode } from 'react';
import { formatAge } from '../../model/age';
import { type Verdict, isProblem } from '../../model/health';
import { formatBytes, formatCpu } from '../../model/quantity';
import { shorten } from '../../model/text';
import type { PodLoad } from '../../model/usage';
import { HealthBadge } from '../HealthBadge';
import { UsageBar } from '../UsageBar';

/** The longest name that Kubernetes allows. */
const MAX_NAME = 253;

interface OpenerProps {
  rowKey: string;
  kind: string;
  name: string;
  selected: boolean;
  onOpen: () => void;
}

/** The name of an object, which opens it. */
export function Opener({ rowKey, kind, name, selected, onOpen }: OpenerProps) {
  const shown = shorten(name, MAX_NAME);
  return (
    <button
      type="button"
      className="opener"
      data-key={rowKey}
      aria-label={`${kind} ${shown}`}
      aria-current={selected}
      title={name}
      onClick={onOpen}
    >
      {shown}
    </button>
  );
}

export function StatusCell({ verdict }: { verdict: Verdict }) {
  return (
    <div role="cell" className="cell status">
      <HealthBadge verdict={verdict} />
      {isProblem(verdict.health) && (
        <span className="message muted">{shorten(verdict.message, 160)}</span>
      )}
    </div>
  );
}

interface RunCellsProps {
  ready: ReactNode;
  isShort: boolean;
  restarts: number;
  load: Partial<PodLoad> | undefined;
}

/** How what runs is doing: readiness, restarts, CPU and memory. */
export function RunCells({ ready, isShort, restarts, load }: RunCellsProps) {
  return (
    <>
      <div role="cell" className={`cell num ready ${isShort ? 'short' : ''}`}>
        {ready}
      </div>
      <div role="cell" className={`cell num restarts ${restarts > 0 ? 'some' : ''}`}>
        {restarts}
      </div>
      <div role="cell" className="cell cpu">
        <UsageBar label="CPU" load={load?.cpu} format={formatCpu} />
      </div>
      <div role="cell" className="cell memory">
        <UsageBar label="Memory" load={load?.memory} format={formatBytes} />
      </div>
    </>
  );
}

export function AgeCell({ created, now }: { created: string | undefined; now: number }) {
  return (
    <div role="cell" className="cell num age" title={created}>
      {formatAge(created, now)}
    </div>
  );
}
