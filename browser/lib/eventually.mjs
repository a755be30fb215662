import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';

/** Waits until what `look` sees fits `check`, which throws while it does not. */
export async function eventually(look, check, { timeout = 30_000 } = {}) {
  const end = Date.now() + timeout;
  for (;;) {
    const seen = await look();
    try {
      check(seen);
      return;
    } catch (error) {
      if (!(error instanceof assert.AssertionError) || Date.now() > end) throw error;
    }
    await setTimeout(100);
  }
}
