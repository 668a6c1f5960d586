// Vue with its compiler in the page: what is requested, in which order, and which chat stays.
import {expect, fixture, nextFrame} from '@open-wc/testing';
import {createApp, createSSRApp, type App, type Component, nextTick, reactive} from 'vue/dist/vue.esm-browser.js';
import type {ChatAppDialog} from '../../src/element.js';
import {nextEvent, secondOrigin, settleAfter, settled, untilStatus} from '../support/harness.js';

const PHONES = ['79991234567'];

const CHAT = '<chatapp-dialog :base-url="state.base" :phones="state.phones" />';

/** A page that Vue fills, with its state and the requests of its chats. */
async function setup(html = '') {
  const {base, requests} = secondOrigin();
  const root = await fixture<HTMLDivElement>(
    '<div><main></main><aside id="first"></aside><aside id="second"></aside></div>',
  );
  const main = root.querySelector('main')!;
  main.innerHTML = html.replaceAll('BASE', base);
  const state = reactive({base, phones: PHONES, customers: ['1', '2'], shown: true, place: 'first'});
  const mount = (create: (component: Component) => App, template?: string) => {
    const app = create({setup: () => ({state}), ...(template && {template})});
    app.config.compilerOptions.isCustomElement = (tag) => tag.startsWith('chatapp-');
    app.component('Chat', {setup: () => ({state}), template: CHAT});
    app.mount(main);
    apps.push(app);
  };
  return {
    main,
    root,
    state,
    /** A page that the browser renders. */
    render: (template?: string) => mount(createApp, template),
    /** A page that a server has rendered. */
    hydrate: (template: string) => mount(createSSRApp, template),
    dialogs: () => [...root.querySelectorAll('chatapp-dialog')],
    filters: async () => (await requests()).map(({url}) => decodeURIComponent(url).split('?')[1]),
  };
}

const apps: App[] = [];
afterEach(() => {
  for (const app of apps.splice(0)) app.unmount();
});

const loaded = (...dialogs: ChatAppDialog[]) => Promise.all(dialogs.map((el) => untilStatus(el, 'loaded')));
const of = (phone: string) => `crm[phones][0]=${phone}`;
const OPENED = of(PHONES[0]!);

describe('Vue', () => {
  it('keeps the chat when it renders again, and asks for another customer once', async () => {
    const {render, state, dialogs, filters} = await setup();
    render('<p>{{ state.customers }}</p><chatapp-dialog :base-url="state.base" :phones="[...state.phones]" />');
    const [el] = dialogs() as [ChatAppDialog];
    await loaded(el);
    const {frame} = el;
    state.customers = [];
    await settleAfter(el, () => (state.phones = [...PHONES]));
    expect(el.frame === frame).to.equal(true);
    const next = nextEvent(el, 'chatapp-load');
    state.phones = ['2'];
    await next;
    expect(await filters()).to.deep.equal([OPENED, of('2')]);
  });

  it('hydrates an element that waits for it, and opens it once', async () => {
    // As a server renders it: a list is no attribute.
    const {hydrate, dialogs, filters} = await setup(
      '<chatapp-dialog base-url="BASE" defer-hydration></chatapp-dialog>',
    );
    const [el] = dialogs() as [ChatAppDialog];
    await nextFrame(); // its updates wait too
    hydrate('<chatapp-dialog :base-url="state.base" defer-hydration :phones="state.phones" />');
    await nextFrame(); // its updates wait too
    expect(await filters()).to.deep.equal([]);
    el.removeAttribute('defer-hydration');
    await loaded(el);
    expect(dialogs()[0] === el).to.equal(true);
    expect(await filters()).to.deep.equal([OPENED]);
  });

  for (const binding of [':phones', 'v-bind:phones', '.phones', ':phones.prop']) {
    it(`opens nothing for ${binding} in the page’s HTML until it compiles that`, async () => {
      const {render, dialogs, filters} = await setup(
        `<chatapp-dialog base-url="BASE" ${binding}="state.phones"></chatapp-dialog>`,
      );
      const [template] = dialogs() as [ChatAppDialog];
      await settled(template);
      expect([template.status, template.error]).to.deep.equal(['idle', null]);
      render();
      await loaded(...dialogs());
      expect(await filters()).to.deep.equal([OPENED]);
    });
  }

  it('closes the chat that <KeepAlive> puts away, and opens the same one when it is back', async () => {
    const {render, state, dialogs, filters} = await setup();
    render('<KeepAlive><chat v-if="state.shown" /></KeepAlive>');
    const [el] = dialogs() as [ChatAppDialog];
    await loaded(el);
    state.shown = false;
    await nextTick();
    await settled(el);
    expect([el.isConnected, el.frame, el.status]).to.deep.equal([false, null, 'idle']);
    state.shown = true;
    await loaded(el);
    expect(dialogs()[0] === el).to.equal(true);
    expect(await filters()).to.deep.equal([OPENED, OPENED]);
  });

  it('opens one chat in a <Teleport>, and opens it again where it is teleported to', async () => {
    const {render, state, root, dialogs, filters} = await setup();
    render(`<p>Page</p><Teleport :to="'#' + state.place">${CHAT}</Teleport>`);
    const [el] = dialogs() as [ChatAppDialog];
    await loaded(el);
    const again = nextEvent(el, 'chatapp-load');
    state.place = 'second';
    await again;
    expect(root.querySelector('#second')!.firstElementChild === el).to.equal(true);
    expect(await filters()).to.deep.equal([OPENED, OPENED]);
  });

  it('gives each chat of a <TransitionGroup> its own customer when the order changes', async () => {
    const {render, state, dialogs, filters} = await setup();
    render(`<TransitionGroup>
      <chatapp-dialog v-for="phone of state.customers" :key="phone" :base-url="state.base" :phones="[phone]" />
    </TransitionGroup>`);
    const [first, second] = dialogs() as [ChatAppDialog, ChatAppDialog];
    await loaded(first, second);
    const {frame} = first;
    const again = nextEvent(second, 'chatapp-load');
    state.customers = ['2', '1'];
    await again;
    expect(dialogs().map(({phones}) => phones)).to.deep.equal([['2'], ['1']]);
    expect(first.frame === frame, 'the one that stayed in its place').to.equal(true);
    expect((await filters()).slice(2)).to.deep.equal([of('2')]);
  });
});
