// What the stand-in got from the playground, told to the page as it happens (server-sent events). The access token is
// masked here, so that it never comes back to the page.

/**
 * @typedef {import('./stand-in/server.mjs').RequestRecord} RequestRecord
 * @typedef {{at: number, kind: 'page' | 'probe' | 'third-party', method: string, url: string}} FeedEntry
 */

/** The session of the playground's frames: `/s/playground/…`. */
export const SESSION = 'playground';

const KEPT = 1000;
const TOKEN = /(\bapi(?:\[|%5B)access_token(?:\]|%5D)=)[^&#]*/gi;

export function createRequestFeed() {
  /** @type {FeedEntry[]} */
  const log = [];
  // Entries are numbered from the start, though old ones are forgotten.
  let forgotten = 0;
  /** @type {Set<import('node:http').ServerResponse>} */
  const readers = new Set();

  return {
    /** The number of the next entry. */
    get next() {
      return forgotten + log.length;
    },

    /**
     * @param {string} session
     * @param {RequestRecord} record
     */
    add(session, {method, url}) {
      const kind = kindOf(session, method);
      if (!kind) return;
      const entry = {at: Date.now(), kind, method, url: url.replace(TOKEN, '$1••••••••')};
      log.push(entry);
      if (log.length > KEPT) {
        log.shift();
        forgotten++;
      }
      for (const reader of readers) reader.write(message(entry, this.next));
    },

    /**
     * `?from={number}`: tells the entries from this one on.
     * @param {import('node:http').IncomingMessage} request
     * @param {import('node:http').ServerResponse} response
     */
    serve(request, response) {
      const from = Number(new URL(request.url ?? '/', 'http://demo').searchParams.get('from') ?? this.next);
      response.writeHead(200, {'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store'}).flushHeaders();
      log.forEach((entry, index) => {
        const number = forgotten + index;
        if (number >= from) response.write(message(entry, number + 1));
      });
      readers.add(response);
      response.once('close', () => readers.delete(response));
    },
  };
}

/**
 * @param {string} session
 * @param {string} method
 * @returns {FeedEntry['kind'] | null}  null for what is not the playground's
 */
function kindOf(session, method) {
  if (session === SESSION) return 'page';
  if (session === `${SESSION}-third-party`) return 'third-party';
  // A probe asks the origin and not the base URL, so it has no session; nobody else sends a HEAD.
  return session === '' && method === 'HEAD' ? 'probe' : null;
}

/**
 * @param {FeedEntry} entry
 * @param {number} next
 */
function message(entry, next) {
  return `id: ${next}\ndata: ${JSON.stringify(entry)}\n\n`;
}
