import { useEffect, useState } from 'react';

/** Look-ups that take longer wait for somebody. */
const LONG = 3_000;

/** The first look-up is under way; if that takes long, says why. */
export function Looking() {
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" className="loading">
      Looking in the clusters …
      {long && (
        <p>
          Not all have answered yet. A cluster that stays silent is given up after some seconds;
          then the page shows what the others have, and which one was silent.
        </p>
      )}
    </div>
  );
}
