// npm run size:table: what each feature costs in the script tag, into docs/size.md. Needs dist/.
import {readFileSync, writeFileSync} from 'node:fs';
import {rollup} from 'rollup';
import {brotliSize} from './brotli.mjs';

/** By a name that the type check does not follow: the plugins' types are not made for it. @type {{default: import('rollup').RollupOptions[]}} */
const {default: configs} = await import(`${new URL('../rollup.config.mjs', import.meta.url)}`);

const PAGE = new URL('../docs/size.md', import.meta.url);
const MARK = '<!-- figures -->';

/**
 * What stands in a module's place to leave its feature out: as little as those that import it can do with.
 * @type {[feature: string, module: string, instead: string][]}
 */
const FEATURES = [
  [
    'The element’s own UI: loading, errors, "Try again", "Open in a new tab"',
    'dialog-view.js',
    'export class DialogView { update() {} }',
  ],
  ['The UI’s styles', 'chatapp-dialog.styles.js', 'export const styles = "";'],
  [
    'The English texts, and the lookup of other languages',
    'messages.js',
    'export const MESSAGES_EVENT = "m", messagesFor = () => ({});',
  ],
  [
    'What can be known of a load: `load-timeout`, `probe`, the page’s policy, offline, the banner after 8 s',
    'frame/load-watch.js',
    `export const isOffline = () => false, unreachableError = () => {},
       watchLoad = (frame, options, signal, report) => frame.addEventListener("load", () => report("load"), {signal});`,
  ],
  ['`<chatapp-dialog-link>`', 'chatapp-dialog-link.js', 'export class ChatAppDialogLink extends HTMLElement {}'],
  [
    '`keep-alive`, with the guard of the keyboard',
    'frame/frame-pool.js',
    'export class FramePool { keep(key, frame) { frame.remove(); } take() {} trim() {} drop() {} }',
  ],
  [
    '`getAccessToken`: time limit, abort, answers',
    'frame/access-token.js',
    'export const accessTokenError = () => {}, requestAccessToken = async (get, reason, signal) => ({accessToken: await get({reason, signal})});',
  ],
  [
    '`sandbox`, `allow` and the error `same-origin`',
    'frame/frame-permissions.js',
    'export const allowFor = (allow) => allow, canEscapeSandbox = () => false, DEFAULT_ALLOW = "", DEFAULT_SANDBOX = "";',
  ],
  [
    'Events of their own classes',
    'events.js',
    'const E = Event; export {E as ChatAppErrorEvent, E as ChatAppLoadEvent, E as ChatAppLoadStartEvent, E as ChatAppStatusChangeEvent};',
  ],
  [
    'A frame that loads no blank document first, although its URL is nowhere in the DOM',
    'frame/open-frame.js',
    `export const isReloaded = (frame) => frame.w !== frame.contentWindow,
       openFrame = (parent, url, {allow, sandbox}) => {
         const frame = document.createElement("iframe");
         frame.part = "frame";
         frame.allow = allow;
         frame.sandbox = "allow-same-origin";
         parent.append(frame);
         frame.sandbox = sandbox;
         frame.w = frame.contentWindow;
         frame.w?.location.replace(url);
         return frame;
       };`,
  ],
  ['`loading="lazy"`', 'frame/in-view.js', 'export const untilInView = async () => {};'],
  ['The early connection', 'frame/preconnect.js', 'export const preconnect = () => {};'],
];

/**
 * Bytes of the script tag (brotli 11), some of its modules replaced.
 * @param {Record<string, string>} [replaced]  code by path in dist/
 */
async function build(replaced = {}) {
  const {plugins, output, ...options} = /** @type {import('rollup').RollupOptions} */ (configs[0]);
  const left = new Set(Object.keys(replaced));
  const bundle = await rollup({
    ...options,
    plugins: [
      {
        name: 'replace',
        load(id) {
          const module = Object.keys(replaced).find((path) => id.endsWith(`/dist/${path}`));
          if (module) left.delete(module);
          return module ? replaced[module] : null;
        },
      },
      plugins,
    ],
  });
  const {output: chunks} = await bundle.generate({
    .../** @type {import('rollup').OutputOptions} */ (output),
    sourcemap: true,
  });
  // A module that was not met has been renamed, and its row would say 0.
  if (left.size) throw new Error(`Not in the bundle: ${[...left]}`);
  return brotliSize(chunks[0].code);
}

const whole = await build();
const inFile = brotliSize(readFileSync(new URL('../dist/chatapp-dialog.min.js', import.meta.url), 'utf8'));
if (Math.abs(whole - inFile) > 40) throw new Error(`Built here ${whole} bytes, in dist/ ${inFile}: build first.`);
/** @type {[string, number][]} */
const rows = [];
for (const [feature, module, instead] of FEATURES) rows.push([feature, whole - (await build({[module]: instead}))]);
const bare = await build(Object.fromEntries(FEATURES.map(([, module, instead]) => [module, instead])));
const lit = await build({
  'define.js': 'import {ReactiveElement} from "@lit/reactive-element"; globalThis.x = ReactiveElement;',
});

const [text] = readFileSync(PAGE, 'utf8').split(MARK);
writeFileSync(
  PAGE,
  `${text}${MARK}
| feature | bytes |
| --- | --: |
${rows
  .toSorted(([, a], [, b]) => b - a)
  .map(([feature, bytes]) => `| ${feature} | ${bytes} |`)
  .join('\n')}
| without all of the above: the attributes, the URL and its errors, the frame’s life | ${bare} |
| of that, Lit’s \`ReactiveElement\` as it is in the bundle | ${lit} |
| **all of it** | **${inFile}** |
`,
);
console.log(readFileSync(PAGE, 'utf8'));
