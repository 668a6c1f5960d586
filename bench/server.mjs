// All hosts of the run in one process of this machine: a TLS server that answers for each of them, and a proxy that
// leads the browser there whatever the host. So nothing reaches the internet, and all rows go the same way.
import {once} from 'node:events';
import {createServer} from 'node:http';
import {createSecureServer} from 'node:http2';
import {connect, createServer as createTcpServer} from 'node:net';
import {makeCertificate} from './certificate.mjs';
import {FRAMES} from './frames.mjs';

/** @typedef {import('node:http2').Http2ServerRequest} Request */
/** @typedef {import('node:http2').Http2ServerResponse} Response */
/** @typedef {{status?: number, type?: string, body?: string, headers?: Record<string, string>, delay?: number}} Answer  `delay`: milliseconds */
/** @typedef {{url: URL, at: number}} Arrival  `at`: milliseconds of this process's monotonic clock */
/** @typedef {Awaited<ReturnType<typeof startServer>>} BenchServer */

/** Hosts to which a connection takes its time: not by the proxy, because Firefox connects to nothing ahead behind one. */
const SLOW_HOSTS = /\.localhost$/;
/** Milliseconds. */
const SLOW_DELAY = 400;
/** So long the route of the tokens takes, in milliseconds. */
const TOKEN_DELAY = 100;

/** What a file needs to be read by a page that is isolated from other origins, on whichever host. */
const READABLE = {
  'cross-origin-resource-policy': 'cross-origin',
  'access-control-allow-headers': 'content-type',
  'access-control-allow-credentials': 'true',
};

/**
 * @param {{
 *   pageHost: string,
 *   frameHosts: readonly string[],
 *   answers: ReadonlyMap<string, () => Answer>,
 *   page: (query: URLSearchParams) => Answer,
 * }} options  `answers`: by host and path, for any query
 */
export async function startServer({pageHost, frameHosts, answers, page}) {
  /** Frame requests since the last `forget()`. @type {Arrival[]} */
  let arrivals = [];
  /** Hosts outside of the run that the browser wanted, by itself. @type {Set<string>} */
  const strangers = new Set();
  /** What frames get. @type {keyof typeof FRAMES} */
  let frames = 'ready';
  /** Called at each frame request. */
  let onArrival = () => {};

  /** @param {Request} request @param {number} at @returns {Answer} */
  const answer = (request, at) => {
    const url = new URL(request.url, `https://${request.authority || request.headers.host}`);
    const given = answers.get(url.host + url.pathname);
    if (given) return given();
    if (url.host === pageHost) {
      if (url.pathname === '/') return page(url.searchParams);
      if (url.pathname === '/clock') return {type: 'text/plain', body: String(performance.now())};
      if (url.pathname === '/token') {
        const maxAge = Number(url.searchParams.get('max-age')) || undefined;
        return {type: 'application/json', body: JSON.stringify({accessToken: 'a-token', maxAge}), delay: TOKEN_DELAY};
      }
      return {status: 404};
    }
    const script = SLOW_HOSTS.test(url.hostname) && answers.get(pageHost + url.pathname);
    if (script) return script();
    if (!frameHosts.includes(url.host) && !SLOW_HOSTS.test(url.hostname)) {
      strangers.add(url.host);
      return {status: 404};
    }
    if (url.pathname === '/favicon.ico') return {status: 404};
    // Frames of the page that keeps the connections: they are not counted, and live.
    if (url.pathname === '/connect') return FRAMES.ready;
    arrivals.push({url, at});
    onArrival();
    return FRAMES[frames];
  };

  const secure = createSecureServer({
    ...(await makeCertificate([pageHost, ...frameHosts])),
    allowHTTP1: true,
    // More than any column asks for at once: a queue in the browser would hide what the elements cost.
    settings: {maxConcurrentStreams: 10_000},
  });
  secure.on('request', (/** @type {Request} */ request, /** @type {Response} */ response) => {
    const at = performance.now();
    const {status = 200, type = 'text/html', body = '', headers = {}, delay = 0} = answer(request, at);
    response.writeHead(status, {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': 'no-store',
      ...READABLE,
      'access-control-allow-origin': `https://${pageHost}`,
      ...headers,
    });
    if (delay) setTimeout(() => response.end(body), delay);
    else response.end(body);
  });
  secure.on('sessionError', () => {}); // a page that is closed resets what is under way
  secure.listen(0, '127.0.0.1');
  await once(secure, 'listening');
  const {port} = /** @type {import('node:net').AddressInfo} */ (secure.address());

  const proxy = createServer((_request, response) => response.writeHead(502).end());
  /** @param {import('node:stream').Duplex} client @param {() => void} [onConnect] */
  const lead = (client, onConnect) => {
    const server = connect(port, '127.0.0.1', () => {
      onConnect?.();
      client.pipe(server).pipe(client);
    });
    for (const [end, other] of [
      [client, server],
      [server, client],
    ]) {
      /** @type {import('node:net').Socket} */ (end).setNoDelay?.(true);
      end?.on('error', () => other?.destroy());
      end?.on('close', () => other?.destroy());
    }
  };
  proxy.on('connect', (_request, client) => lead(client, () => client.write('HTTP/1.1 200 OK\r\n\r\n')));
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');

  const slow = createTcpServer((client) => {
    client.on('error', () => client.destroy()); // a page that is closed meanwhile
    setTimeout(() => client.destroyed || lead(client), SLOW_DELAY);
  });
  slow.listen(0, '127.0.0.1');
  await once(slow, 'listening');
  let slowHosts = 0;

  // A browser that is killed leaves halves of connections, and with one of them Node would wait for ever.
  /** @type {Set<import('node:net').Socket>} */
  const sockets = new Set();
  for (const server of [secure, proxy, slow]) {
    server.on('connection', (/** @type {import('node:net').Socket} */ socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
  }

  return {
    proxyPort: /** @type {import('node:net').AddressInfo} */ (proxy.address()).port,
    pageUrl: `https://${pageHost}/`,
    strangers,
    /** An origin that nobody has connected to, and to which a connection takes 400 ms. */
    slowOrigin: () =>
      `https://host-${++slowHosts}.localhost:${/** @type {import('node:net').AddressInfo} */ (slow.address()).port}`,
    /** Frame requests since the last `forget()`. */
    get arrivals() {
      return arrivals;
    },
    forget() {
      arrivals = [];
    },
    /** @param {keyof typeof FRAMES} kind */
    answerFrames(kind) {
      frames = kind;
    },
    /**
     * Waits until so many frame requests have arrived.
     * @param {number} count
     * @param {number} limit  milliseconds; then it throws
     * @returns {Promise<Arrival[]>}
     */
    async arrived(count, limit) {
      await /** @type {Promise<void>} */ (
        new Promise((resolve, reject) => {
          const timer = setTimeout(
            () => reject(new Error(`${arrivals.length} of ${count} frame requests came within ${limit / 1000} s`)),
            limit,
          );
          onArrival = () => {
            if (arrivals.length < count) return;
            clearTimeout(timer);
            resolve();
          };
          onArrival();
        })
      ).finally(() => (onArrival = () => {}));
      return arrivals;
    },
    close() {
      for (const server of [secure, proxy, slow]) server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
