// What an agent sees, hears and types into: pictures of what is painted, the accessibility tree, the real keyboard.
import {colourOf} from '../../demo/stand-in/scenes.mjs';
import {until} from './ask.mjs';
import {isFirefox} from './browser-page.mjs';
import {setupPages} from './test-page.mjs';

/** @typedef {import('puppeteer-core').Page} Page */
/** @typedef {import('puppeteer-core').Frame} Frame */
/** @typedef {HTMLElementTagNameMap['chatapp-dialog']} ChatAppDialog */
/** @typedef {{mark: string | undefined, pixels: Record<string, number>}} Picture  `pixels` of each customer's colour, by phone. */

/** The customers' phones. */
export const [A, B, C] = /** @type {const} */ (['79990000001', '79990000002', '79990000003']);
const PHONES = [A, B, C];

/** So long a conversation stays white: time for the pictures on which nobody may be. */
const WHITE_MS = 250;

/** Whom the page speaks of: a colour that stands in it and changes in the task in which the page does, and so dates each picture. */
export const MARKS = {[A]: '#000000', [B]: '#ff00ff', [C]: '#00ffff', nobody: '#ffff00'};

/**
 * A page with a mark at its top, whose element and the keys that it got itself are `el` and `keys` there.
 * @param {Parameters<typeof setupPages>[1]} [options]
 */
export function setupAgentView(options) {
  const {open, dialogs} = setupPages(
    `
    <style>
      body { margin: 0; min-height: 5000px }
      #mark { position: fixed; top: 0; width: 100%; height: 20px; background: ${MARKS[A]} }
      chatapp-dialog { margin-top: 20px; height: 280px; min-height: 0 }
    </style>
    <div id="mark"></div>`,
    options,
  );
  return {
    /**
     * The page with A's conversation open.
     * @param {import('node:test').TestContext} t
     * @param {{properties?: Record<string, unknown>, scene?: string, prepare?: (page: Page) => Promise<unknown>}} [options]
     *   `prepare` runs before A is opened
     */
    async openA(t, {properties, scene = 'slow-paint', prepare} = {}) {
      const page = await open(t, {width: 400, height: 300});
      await page.bringToFront();
      const session = crypto.randomUUID();
      await page.evaluate(() => {
        const el = document.createElement('chatapp-dialog');
        /** @type {string[]} */
        const keys = [];
        addEventListener('keydown', ({key}) => keys.push(key), true);
        Object.assign(globalThis, {el, keys});
      });
      await prepare?.(page);
      await page.evaluate(
        (given) => {
          document.body.append(Object.assign(/** @type {any} */ (globalThis).el, given));
        },
        {baseUrl: `${dialogs()}/s/${session}/scene/${scene}-${WHITE_MS}/`, phones: [A], ...properties},
      );
      /** @type {(path: string) => Promise<any>} */
      const ask = async (path) => (await fetch(`${dialogs()}/${path}?session=${session}`)).json();
      return {
        page,
        /** How often each customer's page has got a key. @param {string} key @returns {Promise<Record<string, number>>} */
        async inputs(key) {
          /** @type {import('../../demo/stand-in/scenes.mjs').Input[]} */
          const log = await ask('_inputs');
          const of = (/** @type {string} */ phone) =>
            log.filter((input) => input.type === 'keydown' && input.phone === phone && input.key === key).length;
          return Object.fromEntries(PHONES.map((phone) => [phone, of(phone)]));
        },
        /** The phones of which a page was asked for, in their order. @returns {Promise<(string | undefined)[]>} */
        async opened() {
          /** @type {import('../../demo/stand-in/server.mjs').RequestRecord[]} */
          const log = await ask('_requests');
          return log.map(({url}) => PHONES.find((phone) => url.includes(phone)));
        },
      };
    },
  };
}

/**
 * The agent clicks into the conversation's input, once it is painted, and types a letter three times.
 * @param {Page} page
 * @param {Frame} frame
 * @param {string} letter
 */
export async function typeInto(page, frame, letter) {
  const input = await frame.waitForSelector('input:not([hidden])');
  await page.bringToFront();
  await input?.click();
  // The frame runs in another process: until it has the focus there, keys go elsewhere.
  await frame.waitForFunction(() => document.hasFocus() && document.activeElement?.matches('input'));
  await press(page, 'End'); // behind what is there
  for (let i = 0; i < 3; i++) await press(page, letter);
  await frame.waitForFunction(
    (wanted) => document.querySelector('input')?.value.endsWith(wanted),
    {},
    letter.repeat(3),
  );
  await painted(frame);
}

/** Until the frame has painted what it has now. @param {Page | Frame} frame */
export function painted(frame) {
  return frame.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

/**
 * @param {Page} page
 * @param {string} key
 */
export async function press(page, key) {
  await page.keyboard.press(/** @type {import('puppeteer-core').KeyInput} */ (key));
}

/** How often the page has got a key itself. @param {Page} page @param {string} key @returns {Promise<number>} */
export function keysOfPage(page, key) {
  return page.evaluate(
    (key) => /** @type {string[]} */ (/** @type {any} */ (globalThis).keys).filter((one) => one === key).length,
    key,
  );
}

/**
 * What a screen reader is told, the frames' insides included.
 * @param {Page} page
 */
export async function heard(page) {
  return JSON.stringify(await page.accessibility.snapshot({interestingOnly: false, includeIframes: true}));
}

/**
 * Takes a picture of every painted frame, as the browser composes it. Firefox has no such film: see {@link takePicture}.
 * @param {Page} page
 */
export async function film(page) {
  /** @type {string[]} */
  const pictures = [];
  if (await isFirefox(page)) return pictures;
  const cdp = await page.createCDPSession();
  cdp.on('Page.screencastFrame', ({data, sessionId}) => {
    pictures.push(data);
    // The page may be closing.
    cdp.send('Page.screencastFrameAck', {sessionId}).catch(() => {});
  });
  await cdp.send('Page.startScreencast', {format: 'png', everyNthFrame: 1});
  return pictures;
}

/** In Firefox, which has no film, a picture of how the page is now. @param {Page} page @param {string[]} pictures */
export async function takePicture(page, pictures) {
  if (await isFirefox(page)) pictures.push(await page.screenshot({encoding: 'base64'}));
}

/**
 * Waits for a picture of how the page is now. Pictures come later than what they show, and a busy browser leaves some out.
 * @param {Page} page
 * @param {string[]} pictures
 * @param {(picture: Picture) => boolean} isIt
 */
export async function pictured(page, pictures, isIt) {
  await until(async () => {
    // Something new to paint: a browser that has left out the last picture does not take it later.
    await page.$eval('#mark', (mark) => {
      const {style} = /** @type {HTMLElement} */ (mark);
      style.width = style.width === '99%' ? '100%' : '99%';
    });
    await painted(page);
    await takePicture(page, pictures);
    const [last] = await develop(page, pictures.slice(-1));
    return !!last && isIt(last);
  });
}

/**
 * What is on the pictures: whom the page spoke of, and how many pixels have each customer's colour.
 * @param {Page} page
 * @param {string[]} pictures
 * @returns {Promise<Picture[]>}
 */
export function develop(page, pictures) {
  return page.evaluate(
    async (pictures, marks, colours) => {
      const rgb = (/** @type {string} */ colour) =>
        [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
      const found = [];
      for (const picture of pictures) {
        const image = new Image();
        image.src = `data:image/png;base64,${picture}`;
        await image.decode();
        const {width, height} = image;
        const context = /** @type {OffscreenCanvasRenderingContext2D} */ (
          new OffscreenCanvas(width, height).getContext('2d')
        );
        context.drawImage(image, 0, 0);
        const {data} = context.getImageData(0, 0, width, height);
        const is = (/** @type {string} */ colour, /** @type {number} */ at) =>
          rgb(colour).every((value, channel) => Math.abs(Number(data[at + channel]) - value) < 8);
        const inMark = (10 * width + 10) * 4;
        const [mark] = Object.entries(marks).find(([, colour]) => is(colour, inMark)) ?? [];
        const count = (/** @type {string} */ colour) => {
          const wanted = rgb(colour);
          let pixels = 0;
          for (let i = 0; i < data.length; i += 4)
            if (wanted.every((value, channel) => Math.abs(Number(data[i + channel]) - value) < 8)) pixels++;
          return pixels;
        };
        found.push({
          mark,
          pixels: Object.fromEntries(Object.entries(colours).map(([phone, colour]) => [phone, count(colour)])),
        });
      }
      return found;
    },
    pictures,
    MARKS,
    Object.fromEntries(PHONES.map((phone) => [phone, colourOf(phone)])),
  );
}
