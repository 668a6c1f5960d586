// Web Test Runner's launcher for WebKitGTK: plain WebDriver, on a screen of its own that nobody sees.
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {setTimeout as pause} from 'node:timers/promises';
import {freePort} from './free-port.mjs';

/** @typedef {import('../../scripts/browser.mjs').WebKitCommands} Commands */
/** @typedef {import('@web/test-runner').BrowserLauncher} Launcher */
/** @typedef {{process: import('node:child_process').ChildProcess, ended: Promise<never>}} Started */
/** @typedef {{button?: keyof typeof BUTTONS}} Click */

const SCREEN = {width: 1280, height: 1024};
/** The size in which the runner's other launchers open a test page. */
const VIEWPORT = {width: 800, height: 600};
/** Nothing but the loopback: the proxy is not there. (As a capability, a `noProxy` crashes WebKitGTK 2.50 now and then.) */
const OFFLINE = {http_proxy: 'http://127.0.0.1:9', https_proxy: 'http://127.0.0.1:9', no_proxy: 'localhost,127.0.0.1'};
/** Answers when the page has the size: it hears of it after the window, on a busy machine much after. */
const RESIZED = `const check = () => innerWidth === arguments[0] && innerHeight === arguments[1] && arguments[2]();
  addEventListener('resize', check);
  check();`;
const BUTTONS = {left: 0, middle: 1, right: 2};
/** Keys that type no character: https://www.w3.org/TR/webdriver2/#keyboard-actions */
const KEYS = /** @type {Record<string, string>} */ ({
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Escape: '\uE00C',
  Space: ' ',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Delete: '\uE017',
  Meta: '\uE03D',
});

/** @param {Commands} commands */
export function webkitLauncher(commands) {
  const browser = new Browser();
  const page = pageOf(browser);
  /** @type {Promise<void> | undefined} */
  let started;
  /** @type {string | undefined} */
  let active;
  /** @type {Launcher & {getPage: () => typeof page}} */
  const launcher = {
    name: 'WebKitGTK',
    // The runner's commands (sendKeys and others) then speak puppeteer with `getPage()`.
    type: 'puppeteer',
    concurrency: 1, // there is one window
    async startSession(id, url) {
      await (started ??= browser.start(commands));
      active = id;
      await page.setViewport(VIEWPORT);
      await browser.send('POST', '/url', {url});
    },
    isActive: (id) => id === active,
    getBrowserUrl: () => browser.send('GET', '/url'),
    async stopSession() {
      active = undefined;
      await browser.send('DELETE', '/actions'); // lets go of the keys and buttons that the test held
      await browser.send('POST', '/url', {url: 'about:blank'}); // ends what still runs in the page
      return {};
    },
    async startDebugSession() {
      throw new Error('WebKitGTK runs on a screen that nobody sees: debug in Chromium.');
    },
    stop: () => browser.stop(),
    getPage: () => page,
  };
  return launcher;
}

// As much of puppeteer's Page as the runner's commands use.
/** @param {Browser} browser */
function pageOf(browser) {
  /** @param {object} source */
  const act = (source) => browser.send('POST', '/actions', {actions: [source]});
  /** @type {(types: string[]) => (...keys: string[]) => Promise<void>} */
  const strike =
    (types) =>
    (...keys) => {
      const actions = keys.flatMap((key) => types.map((type) => ({type, value: KEYS[key] ?? key})));
      return act({type: 'key', id: 'keyboard', actions});
    };
  const press = strike(['keyDown', 'keyUp']);
  /** @type {(x: number, y: number) => object} */
  const to = (x, y) => ({type: 'pointerMove', x, y, duration: 0});
  /** @type {(type: string, click?: Click) => object} */
  const button = (type, {button = 'left'} = {}) => ({type, button: BUTTONS[button]});
  /** @param {object[]} actions */
  const point = (...actions) => act({type: 'pointer', id: 'mouse', parameters: {pointerType: 'mouse'}, actions});

  return {
    keyboard: {
      /** @param {string} text */
      type: (text) => press(...text),
      press,
      down: strike(['keyDown']),
      up: strike(['keyUp']),
    },
    mouse: {
      /** @type {(x: number, y: number) => Promise<void>} */
      move: (x, y) => point(to(x, y)),
      /** @type {(x: number, y: number, click?: Click) => Promise<void>} */
      click: (x, y, click) => point(to(x, y), button('pointerDown', click), button('pointerUp', click)),
      /** @param {Click} [click] */
      down: (click) => point(button('pointerDown', click)),
      /** @param {Click} [click] */
      up: (click) => point(button('pointerUp', click)),
      reset: () => browser.send('DELETE', '/actions').then(() => point(to(0, 0))),
    },
    /** @param {{width: number, height: number}} size */
    async setViewport({width, height}) {
      const window = await browser.send('GET', '/window/rect');
      const before = await browser.send('POST', '/execute/sync', {
        script: 'return [innerWidth, innerHeight]',
        args: [],
      });
      const wanted = {width: width + window.width - before[0], height: height + window.height - before[1]};
      // In the middle of the screen, where the pointer rests: without a window manager the window under it has the focus.
      const [x, y] = [SCREEN.width - wanted.width, SCREEN.height - wanted.height].map((rest) => Math.round(rest / 2));
      await browser.send('POST', '/window/rect', {...wanted, x, y});
      await browser.send('POST', '/execute/async', {script: RESIZED, args: [width, height]}).catch((cause) => {
        throw new Error(`WebKitGTK does not make the viewport ${width}x${height}; the least width is 447.`, {cause});
      });
    },
  };
}

/** Xvfb, the driver, and the driver's session: a browser with one window. */
class Browser {
  /** @type {import('node:child_process').ChildProcess[]} */
  #processes = [];
  #server = '';
  #session = '';

  /** @param {Commands} commands */
  async start({driver: driverCommand, xvfb}) {
    // However the runner ends, the processes end with it. A signal that nobody listens to would skip `exit`.
    process.once('exit', () => this.#kill());
    for (const signal of ['SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

    const args = ['-displayfd', '3', '-screen', '0', `${SCREEN.width}x${SCREEN.height}x24`, '-nolisten', 'tcp'];
    const screen = this.#spawn(xvfb, args, {stdio: ['ignore', 'ignore', 'ignore', 'pipe']});
    // Xvfb takes a free display, and writes its number once it can be used.
    const written = once(/** @type {import('node:stream').Readable} */ (screen.process.stdio[3]), 'data');
    const [display] = await Promise.race([written, screen.ended]);

    const port = await freePort();
    this.#server = `http://127.0.0.1:${port}`;
    const driver = this.#spawn(driverCommand, [`--port=${port}`], {
      stdio: ['ignore', 'ignore', 'inherit'],
      // GDK_BACKEND: on a desktop with Wayland, the window would open there.
      env: {...process.env, ...OFFLINE, DISPLAY: `:${String(display).trim()}`, GDK_BACKEND: 'x11'},
    });
    // The driver does not tell when it listens; it can only be asked.
    const listens = () =>
      this.send('GET', '/status').then(
        () => true,
        () => false,
      );
    while (!(await Promise.race([listens(), driver.ended]))) await pause(20);

    const {sessionId} = await this.send('POST', '/session', {capabilities: {alwaysMatch: {timeouts: {script: 5000}}}});
    this.#session = `/session/${sessionId}`;
  }

  /**
   * Sends a command to the session or, as long as there is none, to the driver.
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   */
  async send(method, path, body) {
    const request = {method, ...(body && {body: JSON.stringify(body)})};
    const response = await fetch(this.#server + this.#session + path, request).catch((cause) => {
      throw new Error(`WebKitWebDriver, ${method} ${path}: no answer. It has ended, or was never there.`, {cause});
    });
    const {value} = await response.json();
    if (!response.ok) throw new Error(`WebKitWebDriver, ${method} ${path}: ${value.error}. ${value.message}`);
    return value;
  }

  async stop() {
    // The browser goes before its screen. A driver that has crashed has none to close.
    if (this.#session) await this.send('DELETE', '').catch(() => {});
    const running = this.#processes.filter(({exitCode, signalCode}) => exitCode === null && signalCode === null);
    const ended = Promise.all(running.map((child) => once(child, 'exit')));
    this.#kill();
    await ended;
  }

  /** @type {(command: string, args: string[], options: import('node:child_process').SpawnOptions) => Started} */
  #spawn(command, args, options) {
    const child = spawn(command, args, options);
    this.#processes.push(child);
    const ended = once(child, 'exit').then(([code, signal]) => {
      throw new Error(`${command} ended too early (${signal ?? `exit code ${code}`}).`);
    });
    ended.catch(() => {}); // whoever races with it is told; later nobody asks
    return {process: child, ended};
  }

  #kill() {
    for (const child of this.#processes) child.kill();
  }
}
