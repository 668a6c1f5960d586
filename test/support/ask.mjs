// What the tests that wait for a server or a page share.
import assert from 'node:assert/strict';
import {setTimeout as pause} from 'node:timers/promises';

/** In milliseconds. It only ends a wait that would never end: on a busy machine, anything shorter can be too short. */
const PATIENCE = 60_000;

/**
 * Looks until it is so.
 * @param {() => boolean | Promise<boolean>} holds
 */
export async function until(holds) {
  const end = Date.now() + PATIENCE;
  while (!(await holds())) {
    assert.ok(Date.now() < end, 'it has not come');
    await pause(2); // without a pause, looking would take the time of what it waits for
  }
}
