import { useState } from 'react';
import { cureOf } from '../model/cures';
import type { Gap } from '../model/gaps';
import { plural } from '../model/quantity';
import { rightsFor } from '../model/rights';
import { shorten, visible } from '../model/text';
import { CopyButton } from './CopyButton';
import { HostileText } from './HostileText';
import { Icon } from './Icon';

const MAX_MESSAGES = 5;
const MAX_NAMESPACES = 50;
const ASKS_TOKEN = new Set(['CREDENTIAL', 'UNAUTHORIZED']);

function label({ status }: Gap): string {
  return status === 'OK' ? 'CUT OFF' : status;
}

function where({ types, namespaces }: Gap): string {
  const inNamespaces = namespaces.filter(({ namespace }) => namespace !== '');
  return inNamespaces.length === 0
    ? `${plural(types.length, 'type')}, cluster-wide`
    : `${plural(types.length, 'type')} in ${plural(inNamespaces.length, 'namespace')}`;
}

interface Props {
  gap: Gap;
  /** Undefined if the cluster takes no token of the user. */
  onAskToken: (() => void) | undefined;
}

/** All that could not be read in one cluster for one reason; details on demand. */
export function GapItem({ gap, onAskToken }: Props) {
  const [open, setOpen] = useState(false);
  const { happened, cure } = cureOf(gap.status);
  // Of what is forbidden, the rights below say more.
  const only =
    gap.messages.length === 1 && gap.status !== 'FORBIDDEN' ? gap.messages[0] : undefined;
  const bad = gap.status === 'OK' ? 'warning' : 'failing';
  const cluster = gap.cluster === '' ? '(no cluster)' : shorten(gap.cluster, 60);
  return (
    <li className="gap">
      <div className="gap-line">
        <button
          type="button"
          className="gap-toggle"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <Icon name="chevron" className={open ? 'open' : ''} />
          <span className={`badge ${bad}`}>
            <Icon name={bad} />
            {label(gap)}
          </span>
          <span className="gap-cluster">{cluster}</span>
          <span className="muted">{where(gap)}</span>
        </button>
        <span className="gap-cure">
          {happened} <strong>{cure}</strong>{' '}
          {only !== undefined && <HostileText text={only} length={200} />}
        </span>
        {ASKS_TOKEN.has(gap.status) && onAskToken !== undefined && (
          <button type="button" className="button" onClick={onAskToken}>
            Give a token
          </button>
        )}
      </div>
      {open && <GapDetails gap={gap} />}
    </li>
  );
}

function GapDetails({ gap }: { gap: Gap }) {
  return (
    <div className="gap-details">
      <table className="plain" aria-label={`Lists with ${label(gap)} in ${gap.cluster}`}>
        <thead>
          <tr>
            <th scope="col">Namespace</th>
            <th scope="col">Types</th>
          </tr>
        </thead>
        <tbody>
          {gap.namespaces.slice(0, MAX_NAMESPACES).map(({ namespace, types }) => (
            <tr key={namespace}>
              <th scope="row">{namespace === '' ? '(cluster-wide)' : shorten(namespace, 63)}</th>
              <td>{types.join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {gap.namespaces.length > MAX_NAMESPACES && (
        <p className="muted">and {gap.namespaces.length - MAX_NAMESPACES} more namespaces</p>
      )}
      {gap.messages.length > 0 && (
        <>
          <h3>What was said</h3>
          <ul className="messages">
            {gap.messages.slice(0, MAX_MESSAGES).map((message) => (
              <li key={message}>
                <HostileText text={message} length={300} />
              </li>
            ))}
          </ul>
          {gap.messages.length > MAX_MESSAGES && (
            <p className="muted">
              and {gap.messages.length - MAX_MESSAGES} more, of the same status
            </p>
          )}
        </>
      )}
      {gap.status === 'FORBIDDEN' && <RightsYaml gap={gap} />}
    </div>
  );
}

function RightsYaml({ gap }: { gap: Gap }) {
  const { yaml, bound } = rightsFor(gap.cells);
  return (
    <section aria-label="Rights that are missing">
      <div className="rights-head">
        <h3>{bound.length > 0 ? 'Role and RoleBinding that give it' : 'Role that gives it'}</h3>
        <CopyButton text={yaml} label="Copy YAML" />
      </div>
      <p className="muted">
        {bound.length > 0
          ? `It binds ${visible(bound.join(', '))}.`
          : 'The messages do not say who was refused, so add a RoleBinding for the user of this cluster.'}
      </p>
      {/* It scrolls, so it has to be reached with the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className="code" tabIndex={0} aria-label="YAML of the rights">
        {visible(yaml)}
      </pre>
    </section>
  );
}
