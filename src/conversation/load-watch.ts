import {ChatAppDialogError} from '../dialog-error.js';
import {isLoopback} from '../url/dialog-url.js';
import {nextTask} from './next-task.js';

/** What the page says about watching a load. */
export interface LoadOptions {
  /** Origin of the base URL; `''` where nothing is going to be opened. */
  origin: string;
  /** Milliseconds until a load counts as failed; `0` for never. */
  loadTimeout: number;
  /** Whether to ask the origin if it is there. */
  probe: boolean;
  /** Says something to the page's developer. */
  hint: (text: string) => void;
}

/** Resolves when the browser comes online; never if it is online already, because then the server is at fault. */
export const untilOnline = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (!navigator.onLine) addEventListener('online', () => resolve(), {once: true, signal});
  });

/** What became known of a load: `slow` after 8 seconds, `timed-out` after the page's limit. */
export type LoadNews =
  | {type: 'loaded' | 'slow'}
  | {type: 'timed-out'; error: ChatAppDialogError}
  | {type: 'failed'; cause: 'load'; error: ChatAppDialogError};

/** When the agent gets something to do. */
const SLOW_AFTER_MS = 8000;
/** How long a loaded frame waits for the probe. */
const PROBE_LIMIT_MS = 2000;
/** Browsers fire longer timers at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Whether there is no network for this origin. The own machine needs none. */
export const isOffline = (origin: string): boolean => !navigator.onLine && !isLoopback(new URL(origin));

/** Nobody answers at the origin. */
export const unreachableError = (): ChatAppDialogError =>
  new ChatAppDialogError(
    'unreachable',
    navigator.onLine
      ? 'base-url: no server answers there; check the address.'
      : 'The browser is offline; online, it tries again by itself.',
    'baseUrl',
  );

/**
 * Tells what can be known of a load from outside the frame, until it has loaded or the signal aborts.
 *
 * That is little: Chromium fires `load` for its own error page, Firefox and WebKit fire nothing (measured in
 * Chromium 156, Firefox 153, WebKitGTK 2.50); docs/internals/load-scenes.md has the table.
 */
export function watchLoad(
  frame: HTMLIFrameElement,
  {origin, loadTimeout, probe, hint}: LoadOptions,
  opening: AbortSignal,
  report: (news: LoadNews) => void,
): void {
  const watching = new AbortController();
  const {signal} = watching;
  opening.addEventListener('abort', () => watching.abort());
  const timers: ReturnType<typeof setTimeout>[] = [];
  const after = (delay: number, act: () => void) => {
    if (!signal.aborted) timers.push(setTimeout(act, delay));
  };
  const fail = (error: ChatAppDialogError) => report({type: 'failed', cause: 'load', error});
  const endTimers = () => timers.forEach(clearTimeout);
  signal.addEventListener('abort', endTimers);

  // Offline, only the own machine can answer, and whether it does nobody knows without asking.
  let isProbing = probe || !navigator.onLine;
  let isLoaded = false;
  // The Dialog, once its page has begun, is of another origin and hides its document.
  const isBlank = () => frame.contentDocument?.URL === 'about:blank';
  const settle = () => {
    isProbing = false;
    if (!isLoaded) return;
    watching.abort();
    report({type: 'loaded'});
  };

  let isUncovered = false;
  const uncover = (news: LoadNews) => {
    isUncovered = true;
    report(news);
  };

  const listening = {signal};
  frame.addEventListener(
    'load',
    () => {
      if (isBlank()) return; // the browser has refused the URL
      endTimers(); // the load is neither slow nor too late any more
      // In a headless shell of Chromium, `load` of a frame that the page's policy refused comes before the violation.
      void nextTask(signal).then(() => {
        isLoaded = true;
        if (isProbing) after(PROBE_LIMIT_MS, settle);
        else settle();
      });
    },
    listening,
  );
  frame.ownerDocument.addEventListener(
    'securitypolicyviolation',
    ({blockedURI, disposition, effectiveDirective}) => {
      if (disposition !== 'enforce' || !`${blockedURI}/`.startsWith(`${origin}/`)) return;
      if (effectiveDirective === 'connect-src') {
        settle();
        // Without `probe`, the page has not asked for this request, and need not allow it.
        if (probe) hint(`for probe, allow ${origin} in connect-src of the page's Content-Security-Policy.`);
      } else if (effectiveDirective === 'frame-src') {
        const message = `Allow ${origin} in frame-src of the page's Content-Security-Policy.`;
        fail(new ChatAppDialogError('blocked-by-csp', message));
      }
    },
    listening,
  );
  watchReports(signal, ({blockedURL, disposition}) => {
    if (disposition !== 'enforce' || !`${blockedURL}`.startsWith(`${origin}/`)) return;
    const message = "Remove the page's Cross-Origin-Embedder-Policy. It blocks the Dialog.";
    fail(new ChatAppDialogError('blocked-by-coep', message));
  });
  after(SLOW_AFTER_MS, () => uncover({type: 'slow'}));
  if (loadTimeout) {
    after(Math.min(loadTimeout, LONGEST_TIMER_MS), () => {
      const missing = isBlank() ? 'answered' : 'finished';
      const message = `load-timeout: the Dialog has not ${missing} within ${loadTimeout / 1000} s.`;
      uncover({type: 'timed-out', error: new ChatAppDialogError('timeout', message, 'loadTimeout')});
    });
  }
  if (isProbing) {
    fetch(`${origin}/`, {
      method: 'HEAD',
      mode: 'no-cors',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      signal,
    }).then(
      settle,
      // If the page's policy forbids the probe, the violation comes in a task of its own.
      () =>
        nextTask(signal).then(() => {
          // The agent may be typing into a page that is there, and still loads.
          if (isUncovered && !isLoaded && !isBlank()) settle();
          else if (isProbing) fail(unreachableError());
        }),
    );
  }
}

/** What a report tells of a blocked frame. The URL holds the token. */
interface CoepReport {
  blockedURL?: string;
  disposition?: string;
}

/** Hears what the page's Cross-Origin-Embedder-Policy blocks. Only Chromium tells. */
function watchReports(signal: AbortSignal, hear: (report: CoepReport) => void): void {
  if (!('ReportingObserver' in globalThis)) return;
  const observer = new ReportingObserver(
    (reports) => {
      // The body has its fields in its JSON alone.
      for (const {body} of JSON.parse(JSON.stringify(reports)) as {body: CoepReport}[]) hear(body);
    },
    {types: ['coep']},
  );
  observer.observe();
  signal.addEventListener('abort', () => observer.disconnect());
}
