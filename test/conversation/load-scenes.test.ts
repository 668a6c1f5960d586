// What can be known of a load, scene by scene, in each engine. `npm run scenes` writes the table of docs/internals/load-scenes.md
// from what these tests see.
import {expect} from '@open-wc/testing';
import {executeServerCommand} from '@web/test-runner-commands';
import type {ChatAppDialog, ChatAppDialogErrorCode, FrameStatus} from '../../src/element.js';
import {
  loadAfter,
  nextEvent,
  part,
  secondOrigin,
  settleAfter,
  setupTest,
  visibleText,
  untilStatus,
} from '../support/harness.js';
import {ENGINE, type Engine, record} from '../support/scene-record.js';

/** Milliseconds; long enough for what answers at all, also on a busy machine. */
const TIMEOUT = 5000;

type Outcome = 'loaded' | ChatAppDialogErrorCode;

interface Scene {
  name: string;
  /** Path behind the base URL, or a command that gives an origin, or an address. */
  path?: string;
  command?: string;
  address?: string;
  probe?: true;
  /** The outcome, where the engines agree or engine by engine. */
  outcome: Outcome | Record<Engine, Outcome>;
  /** What the agent keeps: the frame, or the cover over all. */
  keepsFrame?: true;
}

/** An engine's own error page: Chromium fires its load event, the others tell nothing. */
const UNKNOWN = {Chromium: 'loaded', Firefox: 'timeout', WebKit: 'timeout'} as const;

const SCENES: Scene[] = [
  {name: 'the app', path: '', outcome: 'loaded'},
  {name: 'the app, with probe', path: '', probe: true, outcome: 'loaded'},
  {name: 'connection refused', command: 'stand-in:refused', outcome: UNKNOWN},
  {name: 'connection refused, with probe', command: 'stand-in:refused', probe: true, outcome: 'unreachable'},
  {name: 'connection reset', command: 'stand-in:reset', outcome: UNKNOWN},
  {name: 'connection reset, with probe', command: 'stand-in:reset', probe: true, outcome: 'unreachable'},
  {name: 'unknown host', address: 'https://chatapp-dialog.invalid', outcome: UNKNOWN},
  {name: 'unknown host, with probe', address: 'https://chatapp-dialog.invalid', probe: true, outcome: 'unreachable'},
  {name: 'no answer', path: 'scene/never/', outcome: 'timeout', keepsFrame: true},
  {name: 'no answer, with probe', path: 'scene/never/', probe: true, outcome: 'timeout', keepsFrame: true},
  {name: 'headers only', path: 'scene/headers/', outcome: 'timeout', keepsFrame: true},
  {name: 'a body that never ends', path: 'scene/endless/', outcome: 'timeout', keepsFrame: true},
  {name: '204 No Content', path: 'scene/no-content/', outcome: 'timeout', keepsFrame: true},
  {name: 'a download', path: 'scene/download/', outcome: 'timeout', keepsFrame: true},
  {name: '404', path: 'scene/404/', outcome: 'loaded'},
  {name: '500', path: 'scene/500/', outcome: 'loaded'},
  {name: 'X-Frame-Options', path: 'scene/x-frame-options/', outcome: 'loaded'},
  {name: 'frame-ancestors', path: 'scene/frame-ancestors/', outcome: 'loaded'},
  {name: 'a redirect to another origin', path: 'scene/redirect/', outcome: 'loaded'},
];

/** A base URL on a server of its own: a browser has six connections to a server, and scenes that never end keep theirs. */
async function baseUrlOf({path = '', command, address}: Pick<Scene, 'path' | 'command' | 'address'>): Promise<string> {
  return address ?? `${await executeServerCommand<string, undefined>(command ?? 'stand-in:own')}/${path}`;
}

/** Plays a scene to its end, good or bad. */
async function play(scene: Scene, box: HTMLElement): Promise<{el: ChatAppDialog; milliseconds: number}> {
  const {probe = false} = scene;
  const baseUrl = await baseUrlOf(scene);
  const started = performance.now();
  const properties = {baseUrl, probe, loadTimeout: TIMEOUT, phones: ['7999']};
  const {el} = await setupTest({properties, place: () => box, loaded: false});
  while (el.status !== 'loaded' && el.status !== 'error') await nextEvent(el, 'chatapp-statuschange');
  return {el, milliseconds: performance.now() - started};
}

/** A server that answers when it is released, until the element no longer covers it. */
async function playSlow(box: HTMLElement) {
  const base = await baseUrlOf({});
  const started = performance.now();
  const test = await setupTest({properties: {baseUrl: `${base}scene/release/`}, place: () => box, loaded: false});
  const overlay = test.el.shadowRoot!.querySelector('div')!;
  const isCovered = part(test.el, 'overlay') === overlay;
  await new Promise<void>((resolve) => {
    new MutationObserver((_, observer) => {
      observer.disconnect();
      resolve();
    }).observe(overlay, {attributeFilter: ['part']});
  });
  return {...test, base, isCovered, milliseconds: performance.now() - started};
}

describe('a load', () => {
  const box = document.createElement('div');
  const played = new Map<string, ReturnType<typeof play>>();
  let slow: ReturnType<typeof playSlow>;
  // All at once, because most of their time is waiting. Below the viewport, out of the way of the other tests.
  before(() => {
    box.style.cssText = 'position: absolute; inset: 100vh 0 auto';
    document.body.append(box);
    for (const scene of SCENES) played.set(scene.name, play(scene, box));
    slow = playSlow(box);
  });
  after(() => box.remove());

  for (const {name, outcome, keepsFrame = false} of SCENES) {
    const expected = typeof outcome === 'string' ? outcome : outcome[ENGINE];
    it(`of ${name} ends as ${expected}`, async () => {
      const {el, milliseconds} = await played.get(name)!;
      const status: FrameStatus = expected === 'loaded' ? 'loaded' : 'error';
      expect([el.status, el.error?.code ?? 'loaded']).to.deep.equal([status, expected]);
      expect(el.frame !== null).to.equal(status === 'loaded' || expected === 'timeout');
      if (keepsFrame)
        expect([part(el, 'banner') !== null, part(el, 'retry') !== null, part(el, 'open') !== null]).to.deep.equal([
          true,
          true,
          true,
        ]);
      if (expected === 'unreachable') {
        expect([part(el, 'overlay') !== null, part(el, 'retry') !== null, part(el, 'open') !== null]).to.deep.equal([
          true,
          true,
          true,
        ]);
        expect(el.error!.message).to.match(/^base-url: /);
        expect(visibleText(el)).to.contain("The chat server doesn't answer.");
      }
      await record(name, el, milliseconds);
    });
  }

  it('that has begun says so at the timeout', async () => {
    const {el} = await played.get('a body that never ends')!;
    // WebKit holds the first bytes of a page back.
    const missing = ENGINE === 'WebKit' ? '(answered|finished)' : 'finished';
    expect(el.error!.message).to.match(
      new RegExp(`^load-timeout: the Dialog has not ${missing} within ${TIMEOUT / 1000} s\\.$`),
    );
  });

  it('that is late clears the timeout’s banner', async () => {
    const {base, requests} = secondOrigin();
    const {el, events} = await setupTest({
      properties: {baseUrl: `${base}scene/release/`, loadTimeout: 300},
      loaded: false,
    });
    const {frame} = el;
    await untilStatus(el, 'error');
    expect(el.error!.message).to.equal('load-timeout: the Dialog has not answered within 0.3 s.');
    expect(visibleText(el)).to.contain("The chat hasn't loaded yet.");
    // The conversation stays in sight and in reach below the banner.
    const box = el.getBoundingClientRect();
    expect(el.shadowRoot!.elementFromPoint(box.left + box.width / 2, box.bottom - 5) === frame).to.equal(true);
    await loadAfter(el, () => release(base));
    expect([el.status, el.error, el.frame === frame, visibleText(el)]).to.deep.equal(['loaded', null, true, '']);
    expect(events).to.deep.equal([
      'chatapp-statuschange:loading',
      'chatapp-loadstart',
      'chatapp-statuschange:error',
      'chatapp-error',
      'chatapp-statuschange:loaded',
      'chatapp-load',
    ]);
    expect(await requests()).to.have.length(1);
  });

  it('that never comes ends never with load-timeout 0', async () => {
    const {setTimeout: original} = globalThis;
    const delays: number[] = [];
    globalThis.setTimeout = ((act: () => void, delay: number, ...words: unknown[]) => (
      delays.push(delay),
      original(act, delay, ...words)
    )) as typeof setTimeout;
    try {
      const {base} = secondOrigin();
      const baseUrl = `${base}scene/never/`;
      const {el} = await setupTest({properties: {baseUrl, loadTimeout: 0}, loaded: false});
      expect(delays.filter((delay) => delay >= 8000)).to.deep.equal([8000]);
      for (const [loadTimeout, delay] of [
        [null, 30_000],
        [NaN, 30_000],
        [-1, 30_000],
        ['soon', 30_000],
        [60_000, 60_000],
        [Infinity, 2 ** 31 - 1],
      ] as const) {
        delays.length = 0;
        el.loadTimeout = loadTimeout as number;
        await settleAfter(el, () => el.reload());
        expect(delays.filter((each) => each > 8000)).to.deep.equal([delay]);
      }
    } finally {
      globalThis.setTimeout = original;
    }
  });

  it('is followed by Try again: a new opening', async () => {
    const {base, requests} = secondOrigin();
    const {el} = await setupTest({properties: {baseUrl: `${base}scene/never/`, loadTimeout: 300}, loaded: false});
    await untilStatus(el, 'error');
    const {frame} = el;
    el.baseUrl = base;
    await nextEvent(el, 'chatapp-load');
    el.baseUrl = `${base}scene/never/`;
    await nextEvent(el, 'chatapp-error');
    part(el, 'retry')!.click();
    await nextEvent(el, 'chatapp-error');
    expect(el.frame === frame).to.equal(false);
    expect(await requests()).to.have.length(4);
  });

  it('that is slow but alive: after 8 seconds a banner instead of the cover, then the conversation', async () => {
    const {el, events, base, isCovered, milliseconds} = await slow;
    expect(isCovered).to.equal(true);
    expect(milliseconds).to.be.above(7900);
    expect([el.status, el.error, part(el, 'banner') !== null]).to.deep.equal(['loading', null, true]);
    expect(el.frame!.inert).to.equal(false);
    expect(visibleText(el)).to.equal(
      'The chat is still loading. This takes longer than usual. Try again Open in a new tab',
    );
    expect(part(el, 'error')).to.equal(null); // no alert
    await record('slow but alive', el, milliseconds);
    await loadAfter(el, () => release(base));
    expect([el.status, visibleText(el)]).to.deep.equal(['loaded', '']);
    expect(events).to.deep.equal([
      'chatapp-statuschange:loading',
      'chatapp-loadstart',
      'chatapp-statuschange:loaded',
      'chatapp-load',
    ]);
  });
});

const release = (base: string) => {
  const {origin, pathname} = new URL(base);
  return fetch(`${origin}/_release?session=${pathname.split('/')[2] ?? ''}`, {method: 'POST'});
};
