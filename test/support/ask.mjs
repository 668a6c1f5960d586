// What the tests that wait for a server or a page share.
import assert from 'node:assert/strict';
import {setTimeout as pause} from 'node:timers/promises';

/** So long a test waits at most. It only ends what would never end: a busy machine takes 20 s to open a page. */
export const PATIENCE_MS = 120_000;

/**
 * Looks until it is so.
 * @param {() => boolean | Promise<boolean>} holds
 */
export async function until(holds) {
  const end = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    assert.ok(Date.now() < end, 'it has not come');
    await pause(2); // without a pause, looking would take the time of what it waits for
  }
}
