// Origins at which no page can be had.
import {createServer} from 'node:net';
import {listen} from '../listen.mjs';

/**
 * An origin on which nothing listens: its port was free a moment ago.
 * @returns {Promise<string>}
 */
export async function refusedOrigin() {
  const server = createServer();
  const origin = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return origin;
}

/**
 * A server that resets every connection at once.
 * @returns {{listen(options?: import('../listen.mjs').ListenOptions): Promise<string>, close(): Promise<void>}}
 */
export function createResetOrigin() {
  const server = createServer((socket) => {
    socket.on('error', () => {}); // the other side may be faster
    socket.resetAndDestroy();
  });
  return {
    listen: (options) => listen(server, options),
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}
