// Alpine writes into the live page: `:phones` stands in the HTML, and becomes the attribute `phones` beside it.
import morph from '@alpinejs/morph';
import {expect, fixture} from '@open-wc/testing';
import Alpine from 'alpinejs';
import morphdom from 'morphdom';
import type {ChatAppDialog} from '../../src/element.js';
import {nextEvent, secondOrigin, settleAfter, settled, untilStatus} from '../support/harness.js';

Alpine.plugin(morph);
// As its documentation has it: the plugin looks there for what `:phones` means.
Object.assign(window, {Alpine});

interface State {
  phones: string[] | null;
  customers: string[];
  shown: boolean;
}

/** A page of Alpine's; `start` lets Alpine take it over. */
async function setup(content: string) {
  const {base, requests} = secondOrigin();
  const box = await fixture<HTMLDivElement>('<div></div>');
  const state: State = Alpine.reactive({phones: ['79991234567', '2'], customers: ['1', '2'], shown: true});
  const html = `<main x-data="page">${content.replaceAll('<chatapp-dialog', `<chatapp-dialog base-url="${base}"`)}</main>`;
  Alpine.data('page', () => state);
  // Alpine fills in what comes after its start.
  box.setAttribute('x-ignore', '');
  box.innerHTML = html;
  return {
    box,
    html,
    state,
    start: async () => {
      box.removeAttribute('x-ignore');
      Alpine.initTree(box.firstElementChild!);
      await Alpine.nextTick();
      return [...box.querySelectorAll('chatapp-dialog')];
    },
    dialogs: () => [...box.querySelectorAll('chatapp-dialog')],
    filters: async () => (await requests()).map(({url}) => decodeURIComponent(url).split('?')[1]),
  };
}

const loaded = (...dialogs: ChatAppDialog[]) => Promise.all(dialogs.map((el) => untilStatus(el, 'loaded')));
const of = (...phones: string[]) => phones.map((phone, index) => `crm[phones][${index}]=${phone}`).join('&');
const OPENED = of('79991234567', '2');
const CHAT = '<chatapp-dialog :phones="phones"></chatapp-dialog>';

describe('Alpine', () => {
  for (const binding of [':phones', 'x-bind:phones']) {
    it(`opens nothing for ${binding} until it has filled that in, and closes the chat when there is no customer`, async () => {
      const {start, state, dialogs, filters} = await setup(`<chatapp-dialog ${binding}="phones"></chatapp-dialog>`);
      const [el] = dialogs() as [ChatAppDialog];
      await settled(el);
      expect([el.status, el.error, await filters()]).to.deep.equal(['idle', null, []]);
      await start();
      await loaded(el);
      state.phones = null;
      await Alpine.nextTick();
      await settleAfter(el, () => {});
      expect([el.status, el.frame]).to.deep.equal(['idle', null]);
      state.phones = [];
      await Alpine.nextTick();
      await settleAfter(el, () => {});
      expect([el.status, el.phones, el.url]).to.deep.equal(['idle', [], null]);
      const next = nextEvent(el, 'chatapp-load');
      state.phones = ['3'];
      await next;
      expect(await filters()).to.deep.equal([OPENED, of('3')]);
    });
  }

  it('opens each chat of an x-for with its own customer, and again those that it moves', async () => {
    const {start, state, dialogs, filters} = await setup(
      '<template x-for="phone in customers" :key="phone"><chatapp-dialog :phones="[phone]"></chatapp-dialog></template>',
    );
    await loaded(...(await start()));
    state.customers = ['2', '3', '1'];
    await Alpine.nextTick();
    for (const el of dialogs()) await settled(el);
    await loaded(...dialogs());
    expect(dialogs().map(({url}) => decodeURIComponent(url!).split('?')[1])).to.deep.equal(
      ['2', '3', '1'].map((phone) => of(phone)),
    );
    expect([...new Set(await filters())].toSorted()).to.deep.equal(['1', '2', '3'].map((phone) => of(phone)));
  });

  it('opens the chat of an x-if anew each time', async () => {
    const {start, state, dialogs, filters} = await setup(`<template x-if="shown">${CHAT}</template>`);
    await loaded(...(await start()));
    state.shown = false;
    await Alpine.nextTick();
    expect(dialogs()).to.have.length(0);
    state.shown = true;
    await Alpine.nextTick();
    await loaded(...dialogs());
    expect(await filters()).to.deep.equal([OPENED, OPENED]);
  });

  it('keeps the chat when its own plugin morphs the page', async () => {
    const {start, box, html, filters} = await setup(CHAT);
    const [el] = (await start()) as [ChatAppDialog];
    await loaded(el);
    const {frame} = el;
    await settleAfter(el, () => Alpine.morph(box.firstElementChild!, html));
    expect([el.isConnected, el.frame === frame]).to.deep.equal([true, true]);
    expect(await filters()).to.deep.equal([OPENED]);
  });

  it('leaves the chat closed when another script morphs the page, for the customer is gone', async () => {
    const {start, box, html, filters} = await setup(CHAT);
    const [el] = (await start()) as [ChatAppDialog];
    await loaded(el);
    await settleAfter(el, () => morphdom(box.firstElementChild!, html));
    expect([el.isConnected, el.status, el.frame]).to.deep.equal([true, 'idle', null]);
    expect(await filters()).to.deep.equal([OPENED]);
  });
});
