import { type SubmitEvent, useId, useState } from 'react';
import type { AuthNeed } from '../api/auth';
import { cleanToken, expiryOf, isExpired, isToken, tokens } from '../api/tokens';
import { useTokensVersion } from '../state/queries';
import { Dialog } from './Dialog';

interface Props {
  needs: readonly AuthNeed[];
  onClose: () => void;
}

/** Asks for the tokens of the backend and of clusters. They are kept in the tab only. */
export function TokensDialog({ needs, onClose }: Props) {
  return (
    <Dialog title="Tokens" onClose={onClose}>
      <p className="muted">
        They stay in this tab, are sent to the backend only, and are gone when the tab is closed.
      </p>
      <TokenForm
        name="backend"
        label="Backend"
        hint="One that its backend.auth.externalAccess knows."
      />
      {needs.map(({ name, label, clusters }) => (
        <TokenForm key={name} name={name} label={label} hint={`For ${clusters.join(', ')}.`} />
      ))}
      {needs.length === 0 && <p className="muted">No cluster asks for a token of yours.</p>}
    </Dialog>
  );
}

function statusOf(token: string | undefined): string {
  if (token === undefined) {
    return 'None given';
  }
  const expiry = expiryOf(token);
  if (expiry === undefined) {
    return 'Given';
  }
  return isExpired(token, new Date())
    ? `Ran out at ${expiry.toLocaleString()}`
    : `Given, good until ${expiry.toLocaleString()}`;
}

function TokenForm({ name, label, hint }: { name: string; label: string; hint: string }) {
  const version = useTokensVersion();
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState('');
  const id = useId();
  const token = tokens.get(name);
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    const cleaned = cleanToken(typed);
    if (!isToken(cleaned)) {
      setProblem(
        cleaned === ''
          ? 'Paste a token first.'
          : 'A token has letters, digits and signs of ASCII only.',
      );
      return;
    }
    tokens.set(name, cleaned);
    setTyped('');
    setProblem('');
  };
  return (
    <form className="token" onSubmit={save} aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>{label}</h3>
      <p className="muted" id={`${id}-hint`}>
        {hint}
      </p>
      <div className="token-line">
        <input
          type="password"
          autoComplete="off"
          spellCheck={false}
          aria-label={`Token for ${label}`}
          aria-describedby={`${id}-hint ${id}-status`}
          aria-invalid={problem !== ''}
          placeholder="Paste a token"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        <button type="submit" className="button primary" aria-label={`Save the ${label} token`}>
          Save
        </button>
        {token !== undefined && (
          <button
            type="button"
            className="button"
            aria-label={`Forget the ${label} token`}
            onClick={() => tokens.forget(name)}
          >
            Forget
          </button>
        )}
      </div>
      <p
        id={`${id}-status`}
        role="status"
        className={problem === '' ? 'muted' : 'error-text'}
        data-version={version}
      >
        {problem === '' ? statusOf(token) : problem}
      </p>
    </form>
  );
}
