// What became of the access token, in figures without secrets: from what the source tells its onEvent, and from the API.
import {LOGINS_PER_DAY} from '../stand-in/token-mint.mjs';

/**
 * @typedef {import('chatapp-dialog/server').AccessTokenEvent} AccessTokenEvent
 * @typedef {{
 *   now: number, token: {since: number, end: number} | null,
 *   logins: number, loginsAllowed: number, refreshes: number, inFlight: number,
 * }} TokenLife  Times are milliseconds of the demo's clock; `logins` are those of the last 24 hours, `inFlight` requests at the API now.
 */

const DAY = 86_400_000;

/** @param {{now: () => number, inFlight: () => number}} options */
export function createTokenLife({now, inFlight}) {
  /** @type {number[]} */
  let logins = [];
  let refreshes = 0;
  /** @type {TokenLife['token']} */
  let token = null;

  return {
    /** @param {AccessTokenEvent} event */
    hear(event) {
      if (event.type !== 'login' && event.type !== 'refresh') return;
      token = {since: now(), end: event.expiresAt.getTime()};
      if (event.type === 'login') logins.push(now());
      else refreshes++;
    },

    /** @returns {TokenLife} */
    report() {
      logins = logins.filter((at) => at > now() - DAY);
      return {now: now(), token, logins: logins.length, loginsAllowed: LOGINS_PER_DAY, refreshes, inFlight: inFlight()};
    },
  };
}

/** An event as a line for the terminal. @param {AccessTokenEvent} event */
export function describeEvent(event) {
  const detail =
    event.type === 'failure'
      ? event.error.message
      : event.type === 'wait'
        ? event.reason
        : `ends ${event.expiresAt.toISOString()}`;
  return `access token: ${event.type}, ${detail}`;
}
