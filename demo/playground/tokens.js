// Where the element gets its token from: the form's fields, or one of several callbacks for `getAccessToken`.
import {CRM_DOMAIN} from '../stand-in/sample-sign-in.js';

/**
 * @typedef {import('../../dist/index.js').GetAccessToken} GetAccessToken
 * @typedef {import('../../dist/index.js').AccessTokenAnswer} AccessTokenAnswer
 * @typedef {{crmDomain?: string, employeeExtCode?: string}} Employee
 * @typedef {(signal: AbortSignal, token: () => string | null) => Promise<AccessTokenAnswer>} Answer
 * @typedef {{
 *   id: string, title: string, hint: string, answer?: Answer,
 *   opens?: {hasToken: boolean, employee?: Employee}, isSample?: boolean,
 * }} TokenSource
 *   `answer` makes it a callback; `opens` is what its answer puts into the URL; `isSample` is for the stand-in alone.
 */

const TOMAS = {crmDomain: CRM_DOMAIN, employeeExtCode: '102'};

/** @type {readonly TokenSource[]} */
export const TOKEN_SOURCES = [
  {
    id: 'typed',
    title: 'Not set: use what is set below',
    hint: 'The element uses access-token-url. If that is not set, it uses access-token.',
  },
  {id: 'none', title: 'No token at all', hint: 'Without a token the Dialog asks for a login.'},
  {
    id: 'second',
    title: 'Callback: answers after 1 s',
    hint: 'Authorizing for a second, then loading. It answers the token typed below, else the sample.',
    opens: {hasToken: true},
    answer: (signal, token) => after(1000, signal, token),
  },
  {
    id: 'employee',
    title: 'Callback: another employee',
    hint: 'The server says who the agent is: Tomas Eriksen, whatever the attributes say.',
    opens: {hasToken: true, employee: TOMAS},
    isSample: true,
    answer: async (signal, token) => after(300, signal, () => ({accessToken: token() ?? '', ...TOMAS})),
  },
  {
    id: 'null',
    title: 'Callback: answers null',
    hint: 'Null opens without a token: the Dialog asks for a login.',
    opens: {hasToken: false},
    answer: async (signal) => after(300, signal, () => null),
  },
  {
    id: 'rejects',
    title: 'Callback: rejects',
    hint: 'Nothing opens: error: access-token. What was thrown is not shown, for it may hold secrets.',
    answer: async (signal) =>
      after(300, signal, () => {
        throw new Error('Refused, as chosen.');
      }),
  },
  {
    id: 'never',
    title: 'Callback: never answers',
    hint: 'Authorizing for 15 s, then error: access-token.',
    answer: () => new Promise(() => {}),
  },
];

/** @param {string} id */
export const tokenSourceOf = (id) => TOKEN_SOURCES.find((source) => source.id === id) ?? TOKEN_SOURCES[0];

/**
 * The callbacks, each made once: another function is another source to the element.
 * @param {() => string | null} token  what a callback answers
 * @returns {(id: string) => GetAccessToken | null}
 */
export function tokenCallbacks(token) {
  /** @type {Map<string, GetAccessToken>} */
  const callbacks = new Map();
  for (const {id, answer} of TOKEN_SOURCES) {
    if (answer) callbacks.set(id, ({signal}) => answer(signal, token));
  }
  return (id) => callbacks.get(id) ?? null;
}

/**
 * @template Value
 * @param {number} milliseconds
 * @param {AbortSignal} signal
 * @param {() => Value} answer
 * @returns {Promise<Value>}
 */
function after(milliseconds, signal, answer) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      try {
        resolve(answer());
      } catch (error) {
        reject(error);
      }
    }, milliseconds);
    signal.addEventListener('abort', () => clearTimeout(timer));
  });
}
