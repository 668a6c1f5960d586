// What the browser tests share. A test gets handles by name; it waits for events and requests, never for the clock.
import {fixture, html, nextFrame, waitUntil} from '@open-wc/testing';
import {executeServerCommand} from '@web/test-runner-commands';
import type {ReactiveControllerHost} from 'lit';
import {nextTask} from '../../src/conversation/next-task.js';
import '../../src/define.js';
import type {ChatAppDialog} from '../../src/element.js';
import type {DialogFields} from '../../src/url/index.js';

const origin: string = await executeServerCommand('stand-in:origin');
let sessions = 0;

// Chromium starts a process with the second origin's first frame and ends it with the last one. This frame keeps it, which
// saves every test a third of its time.
const keeper = document.body.appendChild(document.createElement('iframe'));
keeper.hidden = true;
keeper.src = origin;

/** A request for the stand-in's document. */
export interface StandInRequest {
  method: string;
  /** Path and query as they arrived, without the session's prefix. */
  url: string;
  referer: string | null;
  /** A cookie or an Authorization header came along. */
  credentials?: true;
}

export interface DialogTest {
  el: ChatAppDialog;
  /** Base URL on the second origin, of this test alone. */
  base: string;
  /** Requests that have reached the second origin since the start of the test. */
  requests: () => Promise<StandInRequest[]>;
  /** The element's events in their order, as `type` or `type:status`. */
  events: string[];
}

/** An own base URL on the second origin, and the requests that reach it. */
export function secondOrigin(): Pick<DialogTest, 'base' | 'requests'> {
  const session = `${crypto.randomUUID()}-${++sessions}`;
  return {
    base: `${origin}/s/${session}/`,
    requests: async () => (await fetch(`${origin}/_requests?session=${session}`)).json() as Promise<StandInRequest[]>,
  };
}

export interface SetupOptions {
  /** Attributes of the element; `base-url` is set for it. */
  attributes?: Record<string, string>;
  /** Properties, set before the element is connected. */
  properties?: Partial<ChatAppDialog>;
  /** Where in the box of the test the element is appended; the box itself by default. */
  place?: (box: HTMLElement) => ParentNode;
  /** Wait until the element is `loaded` (default), or only until the opening has begun. */
  loaded?: boolean;
}

/** A connected element whose Dialog runs on the second origin. */
export async function setupTest({
  attributes = {},
  properties = {},
  place = (box) => box,
  loaded = true,
}: SetupOptions = {}): Promise<DialogTest> {
  const {base, requests} = secondOrigin();
  const el = document.createElement('chatapp-dialog');
  for (const [name, value] of Object.entries({'base-url': base, ...attributes})) el.setAttribute(name, value);
  Object.assign(el, properties);
  const events: string[] = [];
  for (const type of ['chatapp-loadstart', 'chatapp-load', 'chatapp-error', 'chatapp-statuschange']) {
    el.addEventListener(type, () => events.push(type === 'chatapp-statuschange' ? `${type}:${el.status}` : type));
  }
  const box = await fixture<HTMLDivElement>(html`<div style="height: 400px"></div>`);
  const ready = loaded ? nextEvent(el, 'chatapp-load') : undefined;
  place(box).append(el);
  await (ready ?? settled(el));
  return {el, base, requests, events};
}

/** The element's next event of a type. */
export const nextEvent = <T extends keyof HTMLElementEventMap>(
  el: HTMLElement,
  type: T,
): Promise<HTMLElementEventMap[T]> => new Promise((resolve) => el.addEventListener(type, resolve, {once: true}));

/** Waits for a status, which the element may have already. */
export async function untilStatus(el: ChatAppDialog, status: ChatAppDialog['status']): Promise<void> {
  while (el.status !== status) await nextEvent(el, 'chatapp-statuschange');
}

/** Applies a change and waits for the load that it must bring, which may come before the change itself has ended. */
export async function loadAfter(el: ChatAppDialog, change: () => unknown): Promise<void> {
  await Promise.all([nextEvent(el, 'chatapp-load'), change()]);
}

/** Waits until what follows from a change has begun: an opening, the question for a token, an error, or nothing. */
export async function settled(el: ReactiveControllerHost): Promise<void> {
  // The element waits for three tasks, and then for two updates. Its own function keeps the order of the tasks.
  for (let task = 0; task < 5; task++) {
    await nextTask(new AbortController().signal);
    await el.updateComplete;
  }
}

/** Applies a change that must bring no opening, and gives a wrong one the time of two painted frames to show itself. */
export async function settleAfter(el: ChatAppDialog, change: () => void): Promise<void> {
  change();
  await settled(el);
  await nextFrame();
  await nextFrame();
}

/**
 * Gives the page the focus, for `beforeEach` of tests that look at it. After a frame that had the focus is removed, the pages
 * of Chromium and WebKit do not have it, and the next click into a frame fires no `blur`. A click would not do: WebKit takes
 * a second one in the same place for a double click, which does not move the focus.
 */
export async function focusPage(): Promise<void> {
  await executeServerCommand('bring-to-front');
  window.focus();
  const hasFocus = () => document.hasFocus() && document.activeElement === document.body;
  await waitUntil(hasFocus, 'The page gets the focus', {timeout: 10_000});
}

/** The query of a request, as pairs. */
export const queryOf = (request: StandInRequest | undefined): [string, string][] => [
  ...new URL(request?.url ?? '', 'http://stand-in').searchParams,
];

/** The queries that were asked for, as `name=value`, without the brackets of lists. */
export const queries = async ({requests}: Pick<DialogTest, 'requests'>): Promise<string[]> =>
  (await requests()).map((request) =>
    queryOf(request)
      .map(([name, value]) => `${name.replace(/^\w+\[(\w+)\].*/, '$1')}=${value}`)
      .join('&'),
  );

/** What the element shows of its own: the visible text of its shadow tree. */
export function visibleText(el: ChatAppDialog): string {
  const overlay = el.shadowRoot!.querySelector('div')!;
  // Beside a loaded frame there is only the link for the keyboard, cut away until it has the focus.
  return overlay.checkVisibility() && getComputedStyle(overlay).clipPath === 'none'
    ? overlay.innerText.replace(/\s+/g, ' ').trim()
    : '';
}

/** What the element says to the page's developer, behind "Details". */
export const developerText = (el: ChatAppDialog): string =>
  el.shadowRoot!.querySelector('[part="details"] p')?.textContent ?? '';

/** A part of the element's shadow tree, where it is visible. */
export function part<T extends HTMLElement = HTMLElement>(el: ChatAppDialog, name: string): T | null {
  const found = el.shadowRoot!.querySelector<T>(`[part~="${name}"]`);
  return found?.checkVisibility() ? found : null;
}

/** A tab as {@link recordTabs} keeps it. */
export interface RecordedTab {
  hasOpener: boolean;
  closed: boolean;
  url: string | undefined;
}

/** The tabs that the test's elements open. A real one would stay in front of the next tests; those of the script tag open real ones. */
export function recordTabs(): RecordedTab[] {
  const tabs: RecordedTab[] = [];
  window.open = (() => {
    const tab: RecordedTab = {hasOpener: true, closed: false, url: undefined};
    tabs.push(tab);
    return {
      set opener(opener: unknown) {
        tab.hasOpener = !!opener;
      },
      close: () => (tab.closed = true),
      location: {replace: (url: string) => (tab.url = url)},
    };
  }) as never;
  return tabs;
}

const {open} = window;
afterEach(() => {
  window.open = open;
});

/** A token that is easily found where it must not be. */
export const TOKEN = '$2y$10$SECRET/token.of+the&test=1';

/** Fields with every field set, as in the vendor’s example. */
export const FULL_FIELDS: Required<DialogFields> = {
  accessToken: TOKEN,
  licenseId: 15006,
  messengerType: 'grWhatsApp',
  crmDomain: 'chatapp-dev46.bitrix24.ru',
  employeeExtCode: '123',
  phones: ['79954545454', '79985554544', '79985554513'],
  dialogIds: ['79999999999@c.us'],
};
