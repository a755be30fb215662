import type { Condition } from '../../api/types';
import { formatAge } from '../../model/age';
import { shorten } from '../../model/text';
import { useNow } from '../../state/useNow';
import { HostileText } from '../HostileText';

export function Conditions({ conditions }: { conditions: readonly Condition[] }) {
  const now = useNow();
  if (conditions.length === 0) {
    return null;
  }
  return (
    <section className="block">
      <h3>Conditions</h3>
      <div className="scroll-x">
        <table className="plain" aria-label="Conditions">
          <thead>
            <tr>
              <th scope="col">Type</th>
              <th scope="col">Status</th>
              <th scope="col">Why</th>
              <th scope="col">Since</th>
            </tr>
          </thead>
          <tbody>
            {conditions.map(
              (
                { type = '', status = '', reason = '', message = '', lastTransitionTime },
                index,
              ) => (
                // What a custom resource says may well say a type twice.
                <tr key={`${type} ${index}`}>
                  <th scope="row">{shorten(type, 60)}</th>
                  <td>{shorten(status, 20)}</td>
                  <td>
                    {reason !== '' && <strong>{shorten(reason, 60)} </strong>}
                    <HostileText text={message} />
                  </td>
                  <td className="num">{formatAge(lastTransitionTime, now)}</td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      </div>
    </section>
  );
}
