// Every view of the element at once. What a server has to do for one, the stand-in's scenes do.
import {setUp} from './shared/setup.js';
import {find, h} from './shared/dom.js';
import {VALID_TOKEN} from './stand-in/sample-sign-in.js';

/**
 * @typedef {import('./shared/setup.js').ChatAppDialog} ChatAppDialog
 * @typedef {{
 *   title: string, how: string, expected: string, address?: string, isShort?: boolean,
 *   set?(dialog: ChatAppDialog): void, reached?(dialog: ChatAppDialog): boolean,
 * }} State
 *   `expected` is status and, where there is one, the error's code; `isShort` says that the state passes by itself.
 */

const {standIn, refused} = await setUp();
// A browser has six connections to one host, and what never answers holds one: by its other name it is another host.
const other = standIn.replace('localhost', '127.0.0.1');
/** @param {string} name @param {string} [origin] */
const scene = (name, origin = standIn) => `${origin}s/states/scene/${name}/`;
/** @param {ChatAppDialog} dialog */
const hasBanner = ({shadowRoot}) => !!shadowRoot?.querySelector('[part=banner]');
const never = () => new Promise(() => {});

/** @type {readonly State[]} */
const STATES = [
  {
    title: 'Authorizing',
    how: 'getAccessToken was asked',
    expected: 'authorizing',
    isShort: true,
    set: (dialog) => void (dialog.getAccessToken = never),
  },
  {title: 'Loading', how: 'the frame is on its way', expected: 'loading', isShort: true, address: scene('never')},
  {
    title: 'Loading slowly',
    how: 'it has been for 8 seconds',
    expected: 'loading',
    address: scene('never'),
    reached: hasBanner,
  },
  {
    title: 'Loaded',
    how: 'the Dialog has the whole box',
    expected: 'loaded',
    address: `${other}s/states/`,
    set: (dialog) => void (dialog.accessToken = VALID_TOKEN),
  },
  {
    title: 'Timeout',
    how: 'load-timeout has passed; the frame stays',
    expected: 'error: timeout',
    address: scene('endless', other),
    set: (dialog) => void (dialog.loadTimeout = 700),
    reached: hasBanner,
  },
  {
    title: 'Unreachable',
    how: 'probe found that nobody answers',
    expected: 'error: unreachable',
    address: refused,
    set: (dialog) => void (dialog.probe = true),
  },
  {
    title: 'No token',
    how: 'getAccessToken rejected',
    expected: 'error: access-token',
    set: (dialog) => void (dialog.getAccessToken = () => Promise.reject(new Error('as chosen'))),
  },
  {
    title: 'Invalid phone',
    how: 'a letter among the digits',
    expected: 'error: invalid-field',
    set: (dialog) => void (dialog.phones = ['7999I234567']),
  },
  {
    title: 'Bad new token',
    how: 'the open chat stays',
    expected: 'loaded: invalid-field',
    address: `${other}s/states/`,
    set(dialog) {
      dialog.accessToken = VALID_TOKEN;
      dialog.addEventListener('chatapp-load', () => void (dialog.accessToken = '\uD800'), {once: true});
    },
    reached: hasBanner,
  },
  {
    title: 'Empty',
    how: 'the customer has no phone and no chat',
    expected: 'idle',
    set: (dialog) => void (dialog.phones = []),
  },
  {
    title: 'Closed',
    how: 'nothing is open, on purpose',
    expected: 'idle',
    set: (dialog) => void (dialog.disabled = true),
  },
];

/** @type {HTMLSelectElement} */
const language = find('#lang');
/** @type {HTMLInputElement} */
const rightToLeft = find('#rtl');
const list = find('#states');
language.value = new URLSearchParams(location.search).get('lang') ?? '';
if (language.selectedIndex < 0) language.value = 'en';
function speak() {
  for (const dialog of list.querySelectorAll('chatapp-dialog')) {
    dialog.lang = language.value;
    dialog.dir = rightToLeft.checked ? 'rtl' : '';
  }
}
list.append(...STATES.map(section));
speak();
language.addEventListener('change', speak);
rightToLeft.addEventListener('change', speak);
find('#width').addEventListener('change', ({target}) => {
  list.dataset.width = /** @type {HTMLInputElement} */ (target).value;
});

/** @param {State} state */
function section(state) {
  const {title, how, expected, isShort = false, reached = () => true} = state;
  const dialog = element(state);
  const said = h('span', {class: 'status'}, '…');
  const whole = h(
    'section',
    {class: 'panel state', 'aria-label': title},
    h('header', {}, h('h2', {}, title), h('p', {class: 'muted small'}, how), said),
    h('div', {class: 'box'}, dialog),
  );
  setInterval(() => {
    const {status, error} = dialog;
    const is = status + (error ? `: ${error.code}` : '');
    said.textContent = is;
    said.dataset.status = error ? 'error' : status;
    // For whoever waits until all is there to be seen.
    whole.dataset.reached = String(is === expected && reached(dialog));
  }, 200);
  if (isShort) setInterval(() => dialog.reload(), 7000);
  return whole;
}

/** @param {State} state */
function element({address = scene('never'), set}) {
  const dialog = /** @type {ChatAppDialog} */ (h('chatapp-dialog', {'base-url': address, phones: '79991234567'}));
  set?.(dialog);
  return dialog;
}
