import {expect} from '@open-wc/testing';
import {loadAfter, nextEvent, queryOf, setupTest} from './support/harness.js';

/** Where pages put the element: gives the place in which it is appended. */
const PLACES: [string, (box: HTMLElement) => ParentNode][] = [
  ['an open shadow root', (box) => box.attachShadow({mode: 'open'})],
  ['a closed shadow root', (box) => box.attachShadow({mode: 'closed'})],
  [
    'a shadow root within a closed one',
    (box) => box.attachShadow({mode: 'closed'}).appendChild(document.createElement('p')).attachShadow({mode: 'open'}),
  ],
  [
    'a <dialog> opened by showModal()',
    (box) => {
      const dialog = box.appendChild(document.createElement('dialog'));
      dialog.showModal();
      return dialog;
    },
  ],
  [
    'a popover',
    (box) => {
      const popover = box.appendChild(document.createElement('div'));
      popover.popover = 'auto';
      popover.showPopover();
      return popover;
    },
  ],
  ['a form', (box) => box.appendChild(document.createElement('form'))],
];

describe('the element in', () => {
  for (const [place, make] of PLACES) {
    it(`${place} opens, switches and closes, and its events reach the page`, async () => {
      let bubbled: Promise<Event> | undefined;
      const {el, requests} = await setupTest({
        properties: {phones: ['1']},
        place: (box) => {
          bubbled = nextEvent(box, 'chatapp-load');
          return make(box);
        },
      });
      await bubbled;
      await loadAfter(el, () => (el.phones = ['2']));
      expect((await requests()).map(queryOf)).to.deep.equal([[['crm[phones][0]', '1']], [['crm[phones][0]', '2']]]);
      el.focus();
      expect([
        (el.getRootNode() as Document | ShadowRoot).activeElement === el,
        el.shadowRoot!.activeElement === el.frame,
      ]).to.deep.equal([true, true]);
      el.remove();
      expect(el.frame).to.equal(null);
    });
  }
});
