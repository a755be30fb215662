import { Dialog } from './Dialog';

const KEYS: [string[], string][] = [
  [['/'], 'search in names and labels'],
  [['j', '↓'], 'next pod or object; ↓ only within the list'],
  [['k', '↑'], 'previous pod or object'],
  [['Enter'], 'open what has the focus'],
  [['l'], 'log of the pod that is open or has the focus'],
  [['y'], 'YAML of what is open or has the focus'],
  [['r'], 'refresh now'],
  [['Esc'], 'close'],
  [['?'], 'this help'],
];

export function HelpDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Help" onClose={onClose}>
      <h3>Keys</h3>
      <dl className="keys">
        {KEYS.map(([keys, text]) => (
          <div key={text}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <h3>Good to know</h3>
      <ul>
        <li>
          What is ill comes first: failing, then unknown, warning, in progress, healthy, finished.
        </li>
        <li>
          A bar is full at the limit, or at the request if there is no limit; the mark is the
          request.
        </li>
        <li>The address of the page holds what you see, so it can be sent to others.</li>
        <li>Tokens stay in this tab and are gone when it is closed.</li>
      </ul>
    </Dialog>
  );
}
