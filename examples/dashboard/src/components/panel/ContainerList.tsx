import type { Pod } from '../../api/types';
import { formatAge } from '../../model/age';
import { type ContainerView, containersOf, describeState } from '../../model/containers';
import { formatBytes, formatCpu } from '../../model/quantity';
import { shorten } from '../../model/text';
import type { Load, PodLoad } from '../../model/usage';
import { useNow } from '../../state/useNow';
import { HealthBadge } from '../HealthBadge';
import { HostileText } from '../HostileText';
import { UsageBar } from '../UsageBar';

interface Props {
  pod: Pod;
  load: PodLoad | undefined;
  onLog: (container: string) => void;
}

export function ContainerList({ pod, load, onLog }: Props) {
  const containers = containersOf(pod);
  return (
    <section className="block">
      <h3>Containers</h3>
      <ul className="containers" aria-label="Containers">
        {containers.map((container) => (
          <ContainerItem
            key={container.name}
            container={container}
            load={load?.containers.get(container.name)}
            onLog={onLog}
          />
        ))}
      </ul>
    </section>
  );
}

interface ItemProps {
  container: ContainerView;
  load: { cpu: Load; memory: Load } | undefined;
  onLog: (container: string) => void;
}

function ContainerItem({ container, load, onLog }: ItemProps) {
  const now = useNow();
  const { name, role, image, status } = container;
  const state = describeState(status?.state, role === 'init container' ? undefined : status?.ready);
  const last = status?.lastState?.terminated && describeState(status.lastState, undefined);
  const started = status?.state?.running?.startedAt;
  return (
    <li className="container">
      <div className="container-head">
        <strong>{shorten(name, 80)}</strong>
        {role !== 'container' && <span className="kind">{role}</span>}
        <HealthBadge verdict={state} />
        <span className="muted">
          {started !== undefined && `for ${formatAge(started, now)} · `}
          {status?.restartCount ?? 0} restarts
        </span>
        <button
          type="button"
          className="button"
          onClick={() => onLog(name)}
          aria-label={`Log of ${name}`}
        >
          Log
        </button>
      </div>
      {state.message !== '' && (
        <p>
          <HostileText text={state.message} length={400} />
        </p>
      )}
      {last !== undefined && (
        <p className="muted">
          Last: {shorten(last.reason, 80)},{' '}
          {formatAge(status?.lastState?.terminated?.finishedAt, now)} ago{' '}
          <HostileText text={last.message} length={400} />
        </p>
      )}
      <p className="mono muted image">{shorten(image, 200)}</p>
      {load !== undefined && (
        <div className="container-usage">
          <span>CPU</span>
          <UsageBar label="CPU" load={load.cpu} format={formatCpu} />
          <span>Memory</span>
          <UsageBar label="Memory" load={load.memory} format={formatBytes} />
        </div>
      )}
    </li>
  );
}
