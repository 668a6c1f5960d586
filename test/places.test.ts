import {expect, fixture, html} from '@open-wc/testing';
import type {ChatAppDialog} from '../src/element.js';
import {loadAfter, nextEvent, queryOf, secondOrigin} from './support/harness.js';

/** Where pages put the element: gives the place in which it is appended. */
const PLACES: [string, (box: HTMLElement) => ParentNode & Node][] = [
  ['an open shadow root', (box) => box.attachShadow({mode: 'open'})],
  ['a closed shadow root', (box) => box.attachShadow({mode: 'closed'})],
  ['a shadow root within a closed one', (box) => box.attachShadow({mode: 'closed'}).appendChild(document.createElement('p')).attachShadow({mode: 'open'})],
  ['a <dialog> opened by showModal()', (box) => {
    const dialog = box.appendChild(document.createElement('dialog'));
    dialog.showModal();
    return dialog;
  }],
  ['a popover', (box) => {
    const popover = box.appendChild(document.createElement('div'));
    popover.popover = 'auto';
    popover.showPopover();
    return popover;
  }],
  ['a form', (box) => box.appendChild(document.createElement('form'))],
];

describe('the element in', () => {
  for (const [place, make] of PLACES) {
    it(`${place} opens, switches and closes, and its events reach the page`, async () => {
      const {base, requests} = secondOrigin();
      const box = await fixture<HTMLElement>(html`<div style="height: 400px"></div>`);
      const el = document.createElement('chatapp-dialog');
      Object.assign(el, {baseUrl: base, phones: ['1']} satisfies Partial<ChatAppDialog>);
      const load = nextEvent(el, 'chatapp-load');
      const bubbled = nextEvent(box, 'chatapp-load');
      make(box).append(el);
      await load;
      await bubbled;
      await loadAfter(el, () => (el.phones = ['2']));
      expect((await requests()).map(queryOf)).to.deep.equal([[['crm[phones][0]', '1']], [['crm[phones][0]', '2']]]);
      el.focus();
      expect([(el.getRootNode() as Document | ShadowRoot).activeElement === el, el.shadowRoot!.activeElement === el.frame]).to.deep.equal([true, true]);
      el.remove();
      expect(el.frame).to.equal(null);
    });
  }
});
