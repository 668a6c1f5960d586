// Loaded before a server of the documentation (`node --import`), so that no line of it has to be changed: it listens on a free
// port and says on which, ChatApp's API is the stand-in that STANDS_IN names, and nothing else leaves the machine.
import {Server} from 'node:net';

const {fetch} = globalThis;
globalThis.fetch = async (input, init) => {
  const url = new URL(String(input));
  if (process.env.STANDS_IN && url.origin === 'https://api.chatapp.online')
    return fetch(new URL(url.pathname, process.env.STANDS_IN), init);
  if (url.hostname !== '127.0.0.1') throw new Error(`left the machine: ${url.origin}`);
  return fetch(url, init);
};

const {listen} = Server.prototype;
/** @this {Server} @param {unknown} _port @param {any[]} rest */
Server.prototype.listen = function (_port, ...rest) {
  this.once('listening', () =>
    console.log(`http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (this.address()).port}`),
  );
  return listen.call(this, 0, ...rest);
};
