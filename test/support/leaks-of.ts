// Where a page's own scripts, its session recorders and its error reports would find the access token.
import type {ChatAppDialog, ChatAppDialogLink} from '../../src/element.js';

/** Part of the token that survives every encoding. */
export const MARK = 'SECRET';

/** WebKit keeps the addresses of frames in the page's resource timing; nothing that a page can do about its own. */
export const KEEPS_FRAME_ADDRESSES = /AppleWebKit/.test(navigator.userAgent) && !/Chrome/.test(navigator.userAgent);

/** Everything that a script can read of a value: own and inherited properties, some levels deep, and all its texts. */
export function readable(value: unknown, depth = 0): string {
  if (typeof value === 'function' || typeof value !== 'object' || value === null) return String(value);
  if (value instanceof Node || value === window || depth > 3) return '';
  const names = new Set<string>();
  for (
    let object: object | null = value;
    object && object !== Object.prototype;
    object = Object.getPrototypeOf(object) as object | null
  ) {
    for (const name of Object.getOwnPropertyNames(object)) names.add(name);
  }
  const words = [...names].map(
    (name) => `${name}: ${attempt(() => readable((value as Record<string, unknown>)[name], depth + 1))}`,
  );
  words.push(
    attempt(() => String(value)),
    attempt(() => JSON.stringify(value)),
  );
  // What workers, databases and error reports get.
  if (value instanceof Error && depth < 3) words.push(attempt(() => readable(structuredClone(value), depth + 1)));
  return words.join('\n');
}

const attempt = (read: () => string): string => {
  try {
    return read();
  } catch {
    return ''; // what cannot be read leaks nothing
  }
};

/** All markup of a tree, shadow roots included. */
export const markup = (root: Element | ShadowRoot): string =>
  root.innerHTML +
  [...root.querySelectorAll('*')].map((child) => (child.shadowRoot ? markup(child.shadowRoot) : '')).join('');

const EVENTS = [
  'chatapp-loadstart',
  'chatapp-load',
  'chatapp-error',
  'chatapp-statuschange',
  'error',
  'unhandledrejection',
  'securitypolicyviolation',
];

/** Keeps all that the page hears, until `stop()`. */
export function listenForLeaks() {
  const heard = {console: [] as string[], events: [] as string[], observers: [] as string[]};

  const methods = console as unknown as Record<string, unknown>;
  const originals = {...methods};
  for (const [name, method] of Object.entries(originals)) {
    if (typeof method === 'function')
      methods[name] = (...words: unknown[]) => void heard.console.push(words.map((word) => readable(word)).join());
  }
  const listening = new AbortController();
  for (const type of EVENTS) {
    addEventListener(type, (event) => heard.events.push(`${type}: ${readable(event)}`), {
      capture: true,
      signal: listening.signal,
    });
  }
  // Each observer is told of what happens from now on.
  const keep = (entries: {toJSON(): unknown}[]) =>
    heard.observers.push(...entries.map((entry) => JSON.stringify(entry)));
  const observers = PerformanceObserver.supportedEntryTypes
    .filter((type) => type !== 'resource' || !KEEPS_FRAME_ADDRESSES)
    .map((type) => {
      const observer = new PerformanceObserver((list) => keep(list.getEntries()));
      observer.observe({type});
      return observer;
    });

  return {
    heard,
    /** Names of the places that hold the token now, or have held it. */
    leaks(el: ChatAppDialog | ChatAppDialogLink): string[] {
      const frame = 'frame' in el ? el.frame : null;
      for (const observer of observers) keep(observer.takeRecords());
      const places: Record<string, string> = {
        dom: markup(document.documentElement),
        elementAsJson: attempt(() => JSON.stringify(el)),
        fields: JSON.stringify(el.fields),
        error: readable(el.error),
        url: String(el.url),
        frame: readable(
          frame && {...frame.dataset, src: frame.src, srcdoc: frame.srcdoc, name: frame.name, title: frame.title},
        ),
        blankFrame: attempt(() => frame?.contentDocument?.URL ?? ''),
        address: location.href,
        title: document.title,
        history: JSON.stringify(history.state),
        storage: JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, window.name]),
        timing: JSON.stringify(
          performance.getEntries().filter(({entryType}) => entryType !== 'resource' || !KEEPS_FRAME_ADDRESSES),
        ),
        console: heard.console.join(),
        events: heard.events.join(),
        observers: heard.observers.join(),
      };
      return Object.entries(places)
        .filter(([, text]) => text.includes(MARK))
        .map(([place]) => place);
    },
    stop(): void {
      Object.assign(methods, originals);
      listening.abort();
      for (const observer of observers) observer.disconnect();
    },
  };
}
