/** @typedef {{port?: number, host?: string}} ListenOptions  Port 0, the default, is a free one. */

/**
 * @param {import('node:net').Server} server
 * @param {ListenOptions} [options]
 * @returns {Promise<string>}  the origin
 */
export function listen(server, {port = 0, host = '127.0.0.1'} = {}) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = /** @type {import('node:net').AddressInfo} */ (server.address());
      resolve(`http://${host.includes(':') ? `[${host}]` : host}:${address.port}`);
    });
  });
}
