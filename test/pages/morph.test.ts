// Scripts that morph a page: they give the live elements the attributes of the server's HTML, which knows no properties.
import morph from '@alpinejs/morph';
import {expect} from '@open-wc/testing';
import Alpine from 'alpinejs';
import {Idiomorph} from 'idiomorph';
import morphdom from 'morphdom';
import type {ChatAppDialog} from '../../src/element.js';
import {loadAfter, settleAfter, setupTest} from '../support/harness.js';

Alpine.plugin(morph);

const MARK = 'filter-by-property';
const PHONE = '79991234567';

/** Each makes the box's content equal to the HTML of a server. */
const LIBRARIES: Record<string, (box: Element, html: string) => void> = {
  morphdom: (box, html) => morphdom(box, `<div>${html}</div>`, {childrenOnly: true}),
  idiomorph: (box, html) => Idiomorph.morph(box, html, {morphStyle: 'innerHTML'}),
  'Alpine’s morph': (box, html) => Alpine.morph(box, `<div>${html}</div>`),
};

for (const [library, morphTo] of Object.entries(LIBRARIES)) {
  describe(`${library}, with phones that are a property`, () => {
    /** An element with attributes of a server, and the customer's phone by property; `enable` takes its `disabled` away. */
    async function setup(attributes: Record<string, string> = {}, enable?: (el: ChatAppDialog) => void) {
      const {el, base, requests} = await setupTest({
        attributes: {'license-id': '5', ...attributes},
        properties: {phones: [PHONE]},
        loaded: !enable,
      });
      if (enable) await loadAfter(el, () => enable(el));
      const {frame} = el;
      const serve = (more: string) =>
        morphTo(el.parentElement!, `<chatapp-dialog base-url="${base}" license-id="5" ${more}></chatapp-dialog>`);
      return {
        el,
        serve,
        /** Whether the chat is the one from the start, with all that the agent has typed. */
        isSameChat: () => el.isConnected && el.frame === frame && el.status === 'loaded',
        filters: async () => (await requests()).map(({url}) => decodeURIComponent(url).split('crm')[1]),
      };
    }
    const OPENED = `[phones][0]=${PHONE}`;

    it('keeps the chat and the mark, which the server does not know', async () => {
      const {el, serve, isSameChat, filters} = await setup();
      await settleAfter(el, () => serve(''));
      expect([isSameChat(), el.hasAttribute(MARK)]).to.deep.equal([true, true]);
      expect(await filters()).to.deep.equal([OPENED]);
    });

    it('keeps the chat where the server has another attribute besides', async () => {
      const {el, serve, isSameChat, filters} = await setup();
      await settleAfter(el, () => serve('class="wide"'));
      expect([isSameChat(), el.className]).to.deep.equal([true, 'wide']);
      expect(await filters()).to.deep.equal([OPENED]);
    });

    it('closes the chat where the page took `disabled` away, and opens the same one when the page does so again', async () => {
      const {el, serve, filters} = await setup({disabled: ''}, (el) => el.removeAttribute('disabled'));
      await settleAfter(el, () => serve('disabled'));
      expect([el.status, el.frame]).to.deep.equal(['idle', null]);
      await loadAfter(el, () => el.removeAttribute('disabled'));
      expect(await filters()).to.deep.equal([OPENED, OPENED]);
    });

    it('keeps the chat where the page set the property `disabled`', async () => {
      const {el, serve, isSameChat, filters} = await setup({disabled: ''}, (el) => (el.disabled = false));
      await settleAfter(el, () => serve('disabled'));
      expect(isSameChat()).to.equal(true);
      expect(await filters()).to.deep.equal([OPENED]);
    });

    it('keeps the chat where an older customer leaves the HTML', async () => {
      const {el, serve, isSameChat, filters} = await setup({phones: '1'});
      await settleAfter(el, () => serve(''));
      expect([isSameChat(), el.hasAttribute('phones')]).to.deep.equal([true, false]);
      expect(await filters()).to.deep.equal([OPENED]);
    });

    it('opens the customer that the server’s HTML newly has, alone', async () => {
      const {el, serve, filters} = await setup();
      await loadAfter(el, () => serve('phones="2"'));
      expect(await filters()).to.deep.equal([OPENED, '[phones][0]=2']);
    });
  });
}
