// How much room the element takes, in the places where pages put it, and that its layers stay in that room.
import {expect, fixture, html} from '@open-wc/testing';
import {part, setupTest} from './support/harness.js';

/** Its own width where the page asks for one: 20rem. */
const OWN = 320;

/** Where the element stands, `slot` is its place, and how wide it is there. The place is 600 x 400 px. */
const PLACES: Record<string, [ReturnType<typeof html>, number]> = {
  'a block': [html`<div class="place"></div>`, 600],
  'a dialog': [html`<dialog class="place" open style="width: fit-content; padding: 0; border: 0"></dialog>`, OWN],
  'a popover': [html`<div class="place" popover style="width: fit-content; padding: 0; border: 0"></div>`, OWN],
  'a flex row': [html`<div class="place" style="display: flex"></div>`, OWN],
  'a flex row, growing': [html`<div class="place grows" style="display: flex"></div>`, 600],
  'a flex row of 280 px': [html`<div class="place" style="display: flex; width: 280px"></div>`, 280],
  'a flex column with a heading': [
    html`<div class="place" style="display: flex; flex-direction: column"><h2>Chat</h2></div>`,
    600,
  ],
  'an auto column of a grid': [
    html`<div style="display: grid; grid-template-columns: auto 1fr; width: 600px">
      <div class="place" style="width: auto"></div>
      <p></p>
    </div>`,
    OWN,
  ],
  'a 1fr column of a grid': [html`<div class="place" style="display: grid; grid-template-columns: 1fr"></div>`, 600],
  'a narrow 1fr column of a grid': [
    html`<div class="place" style="display: grid; grid-template-columns: 1fr; width: 240px"></div>`,
    240,
  ],
  'a float': [html`<div class="place" style="float: left; width: auto"></div>`, OWN],
  'an inline block': [html`<div class="place" style="display: inline-block; width: auto"></div>`, OWN],
  'a table cell': [
    html`<table style="border-spacing: 0">
      <tr>
        <td class="place" style="width: auto; padding: 0"></td>
      </tr>
    </table>`,
    OWN,
  ],
  'an aside of 200 px': [html`<aside class="place" style="width: 200px"></aside>`, 200],
};

/** What pages' style sheets do to every element. */
const PAGE_STYLES: Record<string, string> = {
  'position: static': 'chatapp-dialog {position: static}',
  'all: unset': 'chatapp-dialog {all: unset}',
  'a reset': '* {margin: 0; padding: 0; border: 0; box-sizing: border-box; min-width: 0; position: static}',
};

const rectOf = (element: Element) => {
  const {left, top, right, bottom} = element.getBoundingClientRect();
  return [left, top, right, bottom].map(Math.round);
};

describe('the box', () => {
  const styles = document.head.appendChild(document.createElement('style'));
  afterEach(() => {
    styles.textContent = '';
  });
  after(() => styles.remove());

  for (const [where, [template, width]] of Object.entries(PLACES)) {
    it(`in ${where} is ${width} px wide, and what it shows stays inside`, async () => {
      styles.textContent = '.place {width: 600px; height: 400px; margin: 0} .grows > * {flex: 1}';
      const outer = await fixture<HTMLElement>(template);
      const place = outer.matches('.place') ? outer : outer.querySelector<HTMLElement>('.place')!;
      if (place.popover) place.showPopover();
      const {el} = await setupTest({properties: {phones: []}, place: () => place, loaded: false});
      expect(el.offsetWidth).to.equal(width);
      expect(place.scrollWidth).to.be.at.most(place.clientWidth);
      expect(place.scrollHeight).to.be.at.most(place.clientHeight);
      expect(rectOf(part(el, 'overlay')!)).to.deep.equal(rectOf(el));
    });
  }

  for (const [name, style] of Object.entries(PAGE_STYLES)) {
    it(`holds under ${name}: chat and cover stay inside and are as large as their place`, async () => {
      styles.textContent = style;
      const {el} = await setupTest();
      const place = rectOf(el.parentElement!);
      expect(rectOf(el.frame!)).to.deep.equal(place);
      el.close();
      await el.updateComplete;
      expect(rectOf(part(el, 'overlay')!)).to.deep.equal(place);
    });
  }
});
