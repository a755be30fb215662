import { shorten } from '../model/text';
import { Icon } from './Icon';

interface Props {
  /** What it is, such as `Deployment order`. */
  what: string;
  error: unknown;
}

/** Stands in the place of one thing that cannot be shown. */
export function CannotShow({ what, error }: Props) {
  const said = error instanceof Error ? error.message : String(error);
  return (
    <div className="notice warning slim" role="status">
      <Icon name="warning" />
      <div className="notice-body">
        <strong>{shorten(what, 200)} cannot be shown.</strong> {shorten(said, 200)}. This is a
        mistake in the dashboard; everything else is as it should be.
      </div>
    </div>
  );
}
