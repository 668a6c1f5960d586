// What the agent can reach: nothing of a frame while the cover is there, everything when it is gone.
import {expect, nextFrame} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {ChatAppDialog} from '../src/element.js';
import {focusPage, loadAfter, part, secondOrigin, settleAfter, setupTest, untilStatus} from './support/harness.js';

const isFocused = (el: ChatAppDialog, inner: Element | null) =>
  document.activeElement === el && el.shadowRoot!.activeElement === inner;
const container = (el: ChatAppDialog) => el.shadowRoot!.querySelector('.frames');

/** An element whose frame loads when the test says so. */
async function setupRelease(properties: Partial<ChatAppDialog> = {}) {
  const {base} = secondOrigin();
  const test = await setupTest({properties: {baseUrl: `${base}scene/release/`, ...properties}, loaded: false});
  const {origin, pathname} = new URL(base);
  const release = () => fetch(`${origin}/_release?session=${pathname.split('/')[2] ?? ''}`, {method: 'POST'});
  return {...test, release};
}

const NEVER = () => `${secondOrigin().base}scene/never/`;

/** An element with a loaded page that tells what is typed in it. */
async function setupTyping() {
  const {base} = secondOrigin();
  const test = await setupTest({properties: {baseUrl: `${base}scene/slow-paint-0/`}});
  const {origin, pathname} = new URL(base);
  const inputs = `${origin}/_inputs?session=${pathname.split('/')[2] ?? ''}`;
  const got = async (key: string) =>
    ((await (await fetch(inputs)).json()) as {key: string | null}[]).some((input) => input.key === key);
  return {...test, got};
}

function addInput(el: ChatAppDialog, position: InsertPosition): HTMLInputElement {
  const input = document.createElement('input');
  el.insertAdjacentElement(position, input);
  return input;
}

describe('the frame', () => {
  beforeEach(focusPage);

  it('is not reached by Tab while it is covered', async () => {
    const {el} = await setupTest({properties: {baseUrl: NEVER()}, loaded: false});
    const [before, after] = [addInput(el, 'beforebegin'), addInput(el, 'afterend')];
    expect([el.status, el.frame!.inert]).to.deep.equal(['loading', true]);
    before.focus();
    await sendKeys({press: 'Tab'});
    expect(document.activeElement === after).to.equal(true);
  });

  it('is reached by Tab when it has loaded, behind the link, and gets the keys', async () => {
    const {el, got} = await setupTyping();
    const before = addInput(el, 'beforebegin');
    addInput(el, 'afterend'); // without it, Tab could leave the page for the browser's own buttons
    expect(el.frame!.inert).to.equal(false);
    // Its field comes a moment after the load. Until then Tab finds nothing there, and the browser moves the focus on later.
    let isBehindLink = false;
    while (!isFocused(el, el.frame)) {
      before.focus();
      await sendKeys({press: 'Tab'});
      isBehindLink = isFocused(el, part(el, 'open'));
      await sendKeys({press: 'Tab'});
    }
    expect(isBehindLink).to.equal(true);
    await sendKeys({press: 'k'});
    while (!(await got('k'))) await nextFrame();
    expect(before.value).to.equal('');
  });

  it('can be used under the banner of a timeout', async () => {
    const {el} = await setupRelease({loadTimeout: 200});
    await untilStatus(el, 'error');
    expect([part(el, 'banner') !== null, el.frame!.inert]).to.deep.equal([true, false]);
    el.focus();
    expect(isFocused(el, el.frame)).to.equal(true);
  });
});

describe('focus()', () => {
  beforeEach(focusPage);

  it('waits for the load', async () => {
    const {el, release} = await setupRelease();
    el.focus();
    expect(isFocused(el, container(el))).to.equal(true);
    await loadAfter(el, release);
    await el.updateComplete;
    expect(isFocused(el, el.frame)).to.equal(true);
  });

  it('right after another customer was set never reaches the old chat, and then the new one', async () => {
    const {el} = await setupTest({properties: {phones: ['1']}});
    const old = el.frame!;
    let hadFocus = false;
    old.addEventListener('focus', () => (hadFocus = true));
    await loadAfter(el, () => {
      el.phones = ['2'];
      el.focus();
      expect([old.isConnected, isFocused(el, container(el))]).to.deep.equal([false, true]);
    });
    await el.updateComplete;
    expect([hadFocus, isFocused(el, el.frame)]).to.deep.equal([false, true]);
  });

  it('is forgotten if the agent has gone elsewhere', async () => {
    const {el, release} = await setupRelease();
    const input = addInput(el, 'afterend');
    el.focus();
    input.focus();
    await loadAfter(el, release);
    await el.updateComplete;
    expect(document.activeElement === input).to.equal(true);
  });

  it('is forgotten if the page shows another customer: the keys were meant for the one before', async () => {
    const {el, base} = await setupTest({properties: {baseUrl: NEVER()}, loaded: false});
    el.focus();
    await loadAfter(el, () => Object.assign(el, {baseUrl: base, phones: ['2']}));
    await el.updateComplete;
    expect(isFocused(el, container(el))).to.equal(true);
  });

  it('does nothing where nothing is going to open', async () => {
    const {el} = await setupTest({properties: {phones: []}, loaded: false});
    const input = addInput(el, 'afterend');
    input.focus();
    el.focus();
    expect(document.activeElement === input).to.equal(true);
  });
});

describe('the keyboard', () => {
  beforeEach(focusPage);

  it('stays in the element when the button that had it goes', async () => {
    const {el, release} = await setupRelease({loadTimeout: 200});
    await untilStatus(el, 'error');
    part(el, 'retry')!.focus();
    await loadAfter(el, release);
    await el.updateComplete;
    expect([part(el, 'retry'), isFocused(el, container(el))]).to.deep.equal([null, true]);
  });
});

describe('the strip beside a loaded frame', () => {
  beforeEach(focusPage);

  it('covers nothing: the frame makes room', async () => {
    const {el} = await setupTest({properties: {phones: ['7']}});
    const {height} = el.frame!.getBoundingClientRect();
    part(el, 'open')!.focus();
    const strip = part(el, 'skip')!.getBoundingClientRect();
    const frame = el.frame!.getBoundingClientRect();
    expect([frame.top >= strip.bottom, Math.round(frame.height + strip.height)]).to.deep.equal([true, height]);
  });

  it('can be switched off by the page', async () => {
    const {el} = await setupTyping();
    const before = addInput(el, 'beforebegin');
    const style = document.head.appendChild(document.createElement('style'));
    style.textContent = 'chatapp-dialog::part(skip) {display: none}';
    while (!isFocused(el, el.frame)) {
      before.focus();
      await sendKeys({press: 'Tab'});
      expect(isFocused(el, part(el, 'open'))).to.equal(false);
    }
    style.remove();
  });
});

describe('buttons', () => {
  /** The contrast of two colours, as WCAG counts it. */
  function contrast(...colours: [string, string]): number {
    const [light, dark] = colours.map(luminance).toSorted((a, b) => b - a);
    return (light! + 0.05) / (dark! + 0.05);
  }
  const luminance = (colour: string) =>
    colour
      .match(/[\d.]+/g)!
      .slice(0, 3)
      .map((text) => Number(text) / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
      .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index]!, 0);

  for (const scheme of ['light', 'dark']) {
    it(`and the icon stand out from the background, ${scheme}: 3:1 at least, and their texts 4.5:1`, async () => {
      const {el} = await setupTest({properties: {getAccessToken: () => Promise.reject(new Error())}, loaded: false});
      await untilStatus(el, 'error');
      await settleAfter(el, () => (el.parentElement!.style.colorScheme = scheme));
      const {backgroundColor} = getComputedStyle(el);
      const [retry, open, icon] = ['retry', 'open', 'icon'].map((name) => getComputedStyle(part(el, name)!));
      for (const colour of [retry!.borderTopColor, open!.borderTopColor, icon!.stroke]) {
        expect(contrast(colour, backgroundColor)).to.be.at.least(3);
      }
      expect(contrast(retry!.color, retry!.backgroundColor)).to.be.at.least(4.5);
      expect(contrast(open!.color, backgroundColor)).to.be.at.least(4.5);
    });
  }
});
