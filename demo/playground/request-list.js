import {h} from '../shared/dom.js';
import {clock} from './event-log.js';

/** @typedef {import('../request-feed.mjs').FeedEntry} FeedEntry */

const KEPT = 100;
const NOTES = {page: '', probe: 'probe', 'third-party': 'image'};

/**
 * Lists what the stand-in got from this page, newest first. The demo's server tells it; a page that nobody looks at
 * does not listen, for a browser has few connections to one host.
 * @param {HTMLElement} list
 * @param {number} next  number of the first request to tell of
 */
export function listRequests(list, next) {
  /** @type {EventSource | null} */
  let source = null;
  listen();
  document.addEventListener('visibilitychange', listen);
  addEventListener('online', listen);

  function listen() {
    source?.close();
    source = null;
    if (document.hidden) return;
    source = new EventSource(`/demo-requests?from=${next}`);
    source.addEventListener('message', ({data, lastEventId}) => {
      next = Number(lastEventId);
      list.prepend(row(JSON.parse(data)));
      while (list.childElementCount > KEPT) list.lastElementChild?.remove();
    });
    // Without this the browser would ask a server that is gone for ever.
    source.addEventListener('error', () => source?.close());
  }
}

/** @param {FeedEntry} entry */
function row({at, kind, method, url}) {
  return h(
    'li',
    {'data-kind': kind},
    h('time', {}, clock(new Date(at))),
    h('code', {class: 'request'}, h('b', {}, method), ' ', ...lines(readable(url))),
    NOTES[kind] && h('span', {class: 'note'}, NOTES[kind]),
  );
}

/**
 * A line may break before a parameter.
 * @param {string} url
 */
function lines(url) {
  return url.split(/(?=&)/).flatMap((part) => [h('wbr'), part]);
}

/** @param {string} url */
function readable(url) {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}
