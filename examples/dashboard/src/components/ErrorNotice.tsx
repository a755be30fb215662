import { describeError } from '../api/errors';
import { Icon } from './Icon';
import { HostileText } from './HostileText';

interface Props {
  error: unknown;
  onAskToken?: () => void;
  onRetry?: () => void;
  /** After how many seconds it is tried again without anybody asking; 0 if it is not. */
  again?: number;
}

/** An error with what was said and what to do. */
export function ErrorNotice({ error, onAskToken, onRetry, again = 0 }: Props) {
  const { title, said, cure, askForToken } = describeError(error);
  return (
    <div className="notice failing" role="alert">
      <Icon name="failing" />
      <div className="notice-body">
        <strong>{title}</strong>
        {said !== '' && (
          <p>
            <HostileText text={said} />
          </p>
        )}
        <p>{cure}</p>
        {again > 0 && <p className="muted">The dashboard tries again every {again} s.</p>}
        <div className="notice-actions">
          {askForToken && onAskToken !== undefined && (
            <button type="button" className="button primary" onClick={onAskToken}>
              Give a token
            </button>
          )}
          {onRetry !== undefined && (
            <button type="button" className="button" onClick={onRetry}>
              Try again
            </button>
          )}
        </div>
      </div>
    </div>
  );
}
