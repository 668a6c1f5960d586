// What the server does, and what is seen of it. Scenes with a `/` in their path are the stand-in's (stand-in/scenes/);
// the others have no server, or a page that is in their way.
import {SCENES} from '../stand-in/scenes/list.js';

/**
 * @typedef {import('../shared/setup.js').Config} Config
 * @typedef {{id: string, title: string, seen: string, address: (config: Config) => string, csp?: string}} Choice
 *   `seen` is what the reader will see; `csp` is the page's policy that the scene needs.
 */

const LATE = 'After 8 s a banner offers “Try again”, and after load-timeout (30 s) the status is error: timeout';
const NOBODY =
  'Chromium fires load for its own error page, so without probe this counts as loaded; with probe it is error: unreachable';

/** By the scene's name; a scene without a sentence has the one of its server. @type {Record<string, string>} */
const SEEN = {
  never: `Nothing ever comes. ${LATE}.`,
  headers: `Only the headers come. ${LATE}.`,
  endless: `The page begins and never ends. ${LATE}; the page under the banner stays.`,
  'slow-9000': 'The page takes nine seconds: the banner comes after 8 s and goes with the load.',
  release: 'The page waits for your button here: loading, then loaded.',
  'slow-paint': 'Loaded at once, though the frame stays white for a second: a load says nothing of what is painted.',
  'steal-focus': 'Loaded, and the frame takes the focus again and again: try to type in the form.',
  redirect: 'Loaded from another origin than base-url; the camera and the like are for base-url’s origin only.',
  'third-party': 'Loaded together with an image of another origin, which is a request of its own below.',
  'no-content': `The answer 204 has no page, so no load comes. ${LATE}.`,
  download: `The browser saves a file instead, so no load comes. ${LATE}.`,
  404: 'Loaded, with the server’s error page in the frame: a page cannot see the status of another origin.',
  500: 'Loaded, with the server’s error page in the frame: a page cannot see the status of another origin.',
  'x-frame-options': 'Loaded, with the browser’s own error page in the frame: a page cannot see that it was refused.',
  'frame-ancestors': 'Loaded, with the browser’s own error page in the frame: a page cannot see that it was refused.',
  reset: 'The request breaks off; a probe gets through, so Chromium’s error page counts as loaded.',
};

/** @type {readonly {label: string, names: readonly string[]}[]} */
const GROUPS = [
  {
    label: 'Loads, sooner or later',
    names: ['slow-9000', 'release', 'slow-paint', 'steal-focus', 'redirect', 'third-party'],
  },
  {label: 'Does not end', names: ['never', 'headers', 'endless', 'no-content', 'download']},
  {label: 'Answers something else', names: ['404', '500', 'x-frame-options', 'frame-ancestors', 'reset']},
];

/** @param {import('../stand-in/scenes/list.js').Scene} scene @returns {Choice} */
const played = ({name, title, description}) => ({
  id: name,
  title,
  seen: SEEN[name] ?? description,
  address: ({playground}) => `${playground}scene/${name}/`,
});

/** @type {Choice} */
export const USUAL = {
  id: '',
  title: 'Answers as usual',
  seen: '',
  address: ({playground}) => playground,
};

const sorted = new Set(GROUPS.flatMap(({names}) => names));

/** @type {readonly {label: string, choices: readonly Choice[]}[]} */
const ALL_GROUPS = [
  ...GROUPS.map(({label, names}) => ({label, choices: SCENES.filter(({name}) => names.includes(name)).map(played)})),
  {label: 'Others', choices: SCENES.filter(({name}) => !sorted.has(name)).map(played)},
  {
    label: 'No server',
    choices: [
      {
        id: 'offline',
        title: 'Offline: how to see it',
        seen: 'Only the browser can play this: developer tools, Network, Offline, then Reload. Back online, the element tries again by itself.',
        address: USUAL.address,
      },
      {
        id: 'refused',
        title: 'Connection refused',
        seen: `Nothing listens at the address. ${NOBODY}.`,
        address: ({refused}) => refused,
      },
      {
        id: 'reset-all',
        title: 'Every connection reset',
        seen: `The server breaks off each connection. ${NOBODY}.`,
        address: ({reset}) => reset,
      },
      {
        id: 'unknown-host',
        title: 'Unknown host',
        seen: `The name .invalid is reserved never to exist: it is looked up, and nothing is sent anywhere. Empty access-token-url first, because the element sends no token there. ${NOBODY}.`,
        address: () => 'https://chatapp-dialog.invalid/',
      },
    ],
  },
  {
    label: 'The page’s own policy',
    choices: [
      {
        id: 'csp-frame',
        title: 'frame-src forbids the frame',
        seen: "This page is served with frame-src 'none', so the frame is blocked: error: blocked-by-csp.",
        address: USUAL.address,
        csp: 'frame',
      },
      {
        id: 'csp-connect',
        title: 'connect-src forbids the probe',
        seen: "This page is served with connect-src 'self': with probe the console says what is missing, and the frame loads all the same.",
        address: USUAL.address,
        csp: 'connect',
      },
    ],
  },
];
export const SCENE_GROUPS = ALL_GROUPS.filter(({choices}) => choices.length);

const CHOICES = [USUAL, ...SCENE_GROUPS.flatMap(({choices}) => choices)];

/** @param {string | null} id */
export const sceneOf = (id) => CHOICES.find((choice) => choice.id === id) ?? USUAL;
