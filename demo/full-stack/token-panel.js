// What the back end tells of its token, in words. No secret is in it.
import {find} from '../shared/dom.js';

/** @typedef {import('./token-life.mjs').TokenLife} TokenLife */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** In milliseconds: time goes on without any event. */
const EVERY = 1000;

/** @param {import('../shared/setup.js').ChatAppDialog} dialog  tells when the token may be another one */
export function showTokenLife(dialog) {
  /** @param {RequestInit} [init] */
  const look = async (init) => {
    const response = await fetch('/api/token-life', init).catch(() => null); // the server may have ended
    if (response?.ok) show(await response.json());
  };
  dialog.addEventListener('chatapp-loadstart', () => void look());
  find('#next-morning').addEventListener('click', () => void look({method: 'POST'}));
  setInterval(() => {
    if (!document.hidden) void look();
  }, EVERY);
  void look();
}

/** @param {TokenLife} life */
function show({now, token, logins, loginsAllowed, refreshes, inFlight}) {
  const hasEnded = token !== null && token.end <= now;
  const share = token ? Math.min((now - token.since) / (token.end - token.since), 1) : 0;
  const panel = find('#life');
  panel.dataset.state = token ? (hasEnded ? 'ended' : 'live') : 'none';
  panel.style.setProperty('--age', String(share));
  const texts = {
    logins: `${logins} of ${loginsAllowed}`,
    refreshes: String(refreshes),
    'in-flight': String(inFlight),
    age: token ? duration(now - token.since) : '–',
    end: token ? (hasEnded ? `${duration(now - token.end)} ago` : `in ${duration(token.end - now)}`) : '–',
    now: new Date(now).toLocaleString('en-GB', {
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
    }),
    'life-hint': hintOf(token, hasEnded, inFlight > 0),
  };
  for (const [id, text] of Object.entries(texts)) {
    const element = find(`#${id}`);
    if (element.textContent !== text) element.textContent = text; // a screen reader says a status anew with each change
  }
}

/** @param {TokenLife['token']} token @param {boolean} hasEnded @param {boolean} isAsking */
function hintOf(token, hasEnded, isAsking) {
  if (isAsking) return 'The back end is asking the API for another one.';
  if (!token) return 'None yet: the first opening logs in.';
  if (hasEnded) return 'It has ended. Choose another customer: the back end gets a live one first.';
  return 'Kept on the server, for all agents and all openings.';
}

/** @param {number} ms */
function duration(ms) {
  if (ms < MINUTE) return `${Math.floor(ms / 1000)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < 2 * DAY) return `${Math.floor(ms / HOUR)} h ${Math.floor((ms % HOUR) / MINUTE)} min`;
  return `${Math.floor(ms / DAY)} days`;
}
