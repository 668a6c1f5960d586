// What the tests that ask a server share.
import assert from 'node:assert/strict';
import http from 'node:http';
import {setTimeout as sleep} from 'node:timers/promises';

/**
 * A request on a connection of its own. `response` rejects where the connection ends without one, or after 10 s.
 * @param {string} url
 */
export function ask(url) {
  const request = http.get(url, {agent: false, signal: AbortSignal.timeout(10_000)});
  /** @type {Promise<http.IncomingMessage>} */
  const response = new Promise((resolve, reject) => request.once('response', resolve).once('error', reject));
  response.catch(() => {}); // whoever waits for it gets it all the same
  return {request, response};
}

/** @param {Promise<http.IncomingMessage>} response */
export async function bodyOf(response) {
  let body = '';
  for await (const chunk of (await response).setEncoding('utf8')) body += chunk;
  return body;
}

/**
 * Looks until it is so. It sleeps between the looks, because what it waits for wants the processor too.
 * @param {() => boolean | Promise<boolean>} holds
 */
export async function until(holds) {
  const end = Date.now() + 30_000;
  while (!(await holds())) {
    assert.ok(Date.now() < end, 'it has not come');
    await sleep(5);
  }
}
