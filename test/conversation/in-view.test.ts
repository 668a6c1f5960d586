import {expect, fixture, html, nextFrame} from '@open-wc/testing';
import type {ChatAppDialog} from '../../src/element.js';
import {
  loadAfter,
  nextEvent,
  part,
  queryOf,
  secondOrigin,
  settleAfter,
  settled,
  visibleText,
} from '../support/harness.js';
import {watchResources} from '../support/resources.js';

interface LazyTest {
  el: ChatAppDialog;
  /** The element's direct parent. */
  box: HTMLElement;
  requests: ReturnType<typeof secondOrigin>['requests'];
  /** How often a token was asked for. */
  asked: () => number;
}

/** A lazy element in an arrangement of boxes, of which the one marked `place` holds it. */
async function setupLazy(arrangement: ReturnType<typeof html>): Promise<LazyTest> {
  const {base, requests} = secondOrigin();
  let asked = 0;
  scrollTo(0, 0);
  const root = await fixture<HTMLElement>(arrangement);
  const el = document.createElement('chatapp-dialog');
  el.baseUrl = base;
  el.loading = 'lazy';
  el.phones = ['1'];
  el.getAccessToken = () => `token-${++asked}`;
  const box = root.matches('[place]') ? root : root.querySelector<HTMLElement>('[place]')!;
  box.append(el);
  await observed();
  return {el, box, requests, asked: () => asked};
}

/** Until every observer has been told of what is painted now. */
async function observed(): Promise<void> {
  for (let i = 0; i < 2; i++) {
    await nextFrame();
    await new Promise<void>((resolve) => {
      const observer = new IntersectionObserver(() => {
        observer.disconnect();
        resolve();
      });
      observer.observe(document.documentElement);
    });
  }
}

const farBelow = (distance: string) =>
  html`<div>
    <div style="height: ${distance}"></div>
    <div place style="height: 400px"></div>
  </div>`;

describe('loading="lazy"', () => {
  it('waits while the element is far below, and asks for no token', async () => {
    const {el, requests, asked} = await setupLazy(farBelow('3000px'));
    expect([el.status, el.frame, asked()]).to.deep.equal(['waiting', null, 0]);
    expect(await requests()).to.have.length(0);
  });

  it('makes no request, no iframe and no timer for a thousand elements out of view; one that comes into view opens alone', async () => {
    const {running, restore} = watchResources();
    try {
      const {base, requests} = secondOrigin();
      const root = await fixture<HTMLElement>(farBelow('3000px'));
      const box = root.querySelector('[place]')!;
      const elements = Array.from({length: 1000}, (_, index) => {
        const el = document.createElement('chatapp-dialog');
        return Object.assign(el, {baseUrl: base, loading: 'lazy', phones: [String(index + 1)]});
      });
      // Each of its own height, so that only the first is near when it is in view.
      for (const el of elements) el.style.height = '1000px';
      box.append(...elements);
      // The tasks of all elements come in their order, so the last one's are the last.
      await settled(elements.at(-1)!);
      await observed();
      expect([new Set(elements.map(({status}) => status)), elements.filter(({frame}) => frame).length]).to.deep.equal([
        new Set(['waiting']),
        0,
      ]);
      expect(await requests()).to.have.length(0);
      expect(new Set(running())).to.deep.equal(new Set(['an observer', 'a listener for chatapp-messages']));

      const [first] = elements;
      await loadAfter(first!, () => scrollTo(0, 2600));
      await observed();
      expect(elements.filter(({frame}) => frame).length).to.equal(1);
      expect((await requests()).map(queryOf)).to.deep.equal([[['crm[phones][0]', '1']]]);
    } finally {
      restore();
    }
  });

  it('opens, with a fresh token, when the element is scrolled near', async () => {
    const {el, requests, asked} = await setupLazy(farBelow('3000px'));
    await loadAfter(el, () => el.scrollIntoView());
    expect([el.status, asked()]).to.deep.equal(['loaded', 1]);
    expect((await requests()).map(queryOf)).to.deep.equal([
      [
        ['api[access_token]', 'token-1'],
        ['crm[phones][0]', '1'],
      ],
    ]);
  });

  it('opens at once where the element is in view', async () => {
    const {el} = await setupLazy(html`<div place style="height: 400px"></div>`);
    if (el.status !== 'loaded') await nextEvent(el, 'chatapp-load');
  });

  it('begins within 200 px of the viewport and not earlier', async () => {
    const {el, box} = await setupLazy(
      html`<div place style="position: absolute; left: 0; width: 400px; height: 400px"></div>`,
    );
    await settleAfter(el, () => {
      box.style.top = `${innerHeight + 250}px`;
      el.reload();
    });
    await observed();
    expect(el.status).to.equal('waiting');
    await loadAfter(el, () => (box.style.top = `${innerHeight + 150}px`));
  });

  const HIDDEN: [string, ReturnType<typeof html>, (root: HTMLElement) => void][] = [
    [
      'a display:none ancestor',
      html`<div style="display: none"><div place style="height: 400px"></div></div>`,
      (root) => (root.style.display = 'block'),
    ],
    [
      'a closed <details>',
      html`<details>
        <summary>Chat</summary>
        <div place style="height: 400px"></div>
      </details>`,
      (root) => ((root as HTMLDetailsElement).open = true),
    ],
    [
      'a closed <dialog>',
      html`<dialog><div place style="height: 400px; width: 300px"></div></dialog>`,
      (root) => (root as HTMLDialogElement).showModal(),
    ],
    [
      'content-visibility: hidden',
      html`<div style="content-visibility: hidden; height: 400px"><div place style="height: 400px"></div></div>`,
      (root) => root.style.setProperty('content-visibility', 'visible'),
    ],
    [
      'a scroll container',
      html`<div style="height: 300px; overflow: auto">
        <div style="height: 3000px"></div>
        <div place style="height: 400px"></div>
      </div>`,
      (root) => (root.scrollTop = 3000),
    ],
    [
      'its own hidden attribute',
      html`<div place style="height: 400px"></div>`,
      (root) => (root.querySelector('chatapp-dialog')!.hidden = false),
    ],
  ];
  for (const [place, arrangement, show] of HIDDEN) {
    it(`waits in ${place} until that shows it`, async () => {
      const {el, box, requests} = await setupLazy(arrangement);
      if (place.startsWith('its own')) {
        await settleAfter(el, () => {
          el.hidden = true;
          el.reload();
        });
        await observed();
      }
      expect(el.status).to.equal('waiting');
      const before = (await requests()).length;
      const root =
        box.closest<HTMLElement>(
          'details, dialog, [style*="display"], [style*="content-visibility"], [style*="overflow"]',
        ) ?? box;
      await loadAfter(el, () => show(root));
      expect(await requests()).to.have.length(before + 1);
    });
  }

  it('changes while waiting only change what will be opened', async () => {
    const {el, requests, asked} = await setupLazy(farBelow('3000px'));
    await settleAfter(el, () => (el.phones = ['2']));
    await settleAfter(el, () => (el.phones = ['3']));
    await settleAfter(el, () => (el.getAccessToken = () => 'other'));
    await observed();
    expect([el.status, asked()]).to.deep.equal(['waiting', 0]);
    await loadAfter(el, () => el.scrollIntoView());
    expect((await requests()).map(queryOf)).to.deep.equal([
      [
        ['api[access_token]', 'other'],
        ['crm[phones][0]', '3'],
      ],
    ]);
  });

  it('a change while open and out of sight closes and waits', async () => {
    const {el, requests, asked} = await setupLazy(farBelow('3000px'));
    await loadAfter(el, () => el.scrollIntoView());
    scrollTo(0, 0);
    await observed();
    expect(el.status).to.equal('loaded');
    await settleAfter(el, () => (el.phones = ['2']));
    await observed();
    expect([el.status, el.frame, asked()]).to.deep.equal(['waiting', null, 1]);
    await loadAfter(el, () => el.scrollIntoView());
    expect([asked(), (await requests()).length]).to.deep.equal([2, 2]);
  });

  it('eager set later opens at once', async () => {
    const {el, asked} = await setupLazy(farBelow('3000px'));
    await loadAfter(el, () => (el.loading = 'eager'));
    expect(asked()).to.equal(1);
  });

  it('set while a conversation is open changes nothing', async () => {
    const {el, requests} = await setupLazy(farBelow('3000px'));
    await loadAfter(el, () => (el.loading = 'eager'));
    await settleAfter(el, () => (el.loading = 'lazy'));
    await observed();
    expect([el.status, (await requests()).length]).to.deep.equal(['loaded', 1]);
  });

  it('reload() out of sight waits, as any opening', async () => {
    const {el, asked} = await setupLazy(farBelow('3000px'));
    await settleAfter(el, () => el.reload());
    await observed();
    expect([el.status, asked()]).to.deep.equal(['waiting', 0]);
  });

  const ENDS: [string, (el: ChatAppDialog) => void, string][] = [
    ['an empty filter', (el) => (el.phones = []), 'idle'],
    ['disabled', (el) => (el.disabled = true), 'idle'],
    ['close()', (el) => el.close(), 'idle'],
    ['a bad phone', (el) => (el.phones = ['bad']), 'error'],
    ['a disconnect', (el) => el.remove(), 'idle'],
  ];
  for (const [behaviour, change, status] of ENDS) {
    it(`waits no more after ${behaviour}: shown, it opens nothing`, async () => {
      const {el, box, requests, asked} = await setupLazy(farBelow('3000px'));
      await settleAfter(el, () => change(el));
      box.scrollIntoView();
      await observed();
      expect([el.status, asked(), (await requests()).length]).to.deep.equal([status, 0, 0]);
    });
  }

  it('looks like the loading that it leads to', async () => {
    const {el} = await setupLazy(farBelow('3000px'));
    expect(visibleText(el)).to.equal('Opening the chat');
    expect(part(el, 'spinner')).not.to.equal(null);
  });
});
