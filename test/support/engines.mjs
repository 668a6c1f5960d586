// The engines that the browser tests run in: ENGINES, a comma list of chromium (the default), firefox and webkit.
import {chromeLauncher} from '@web/test-runner';
import {chromium, firefox, webkit} from '../../scripts/browser.mjs';
import {webkitLauncher} from './webkit-launcher.mjs';

/** @typedef {import('@web/test-runner').BrowserLauncher} Launcher */

/**
 * How each engine is launched, and what to install where it is missing. (Chromium never is: see scripts/browser.mjs.)
 * @type {Record<string, {launcher: () => Launcher | undefined | Promise<Launcher>, install?: string}>}
 */
const ENGINES = {
  chromium: {
    // `launchOptions.browser` stays unset: with it, the coverage is empty.
    launcher: async () => chromeLauncher({launchOptions: await chromium()}),
  },
  firefox: {
    launcher() {
      const launchOptions = firefox();
      // The launcher calls itself Chrome, whatever it launches.
      return launchOptions && Object.assign(chromeLauncher({launchOptions}), {name: 'Firefox'});
    },
    install: 'Firefox (Debian: firefox-esr), or set FIREFOX_PATH to its executable',
  },
  webkit: {
    launcher() {
      const commands = webkit();
      return commands && webkitLauncher(commands);
    },
    install: 'WebKitWebDriver and Xvfb (Debian: webkit2gtk-driver, xvfb)',
  },
};

/**
 * The launchers of the engines that are asked for. What is missing is left out with a warning; in CI it is an error.
 * @returns {Promise<Launcher[]>}
 */
export async function launchers() {
  const found = [];
  const missing = [];
  for (const name of new Set((process.env.ENGINES || 'chromium').split(',').map((name) => name.trim()))) {
    const engine = ENGINES[name];
    if (!engine) throw new Error(`ENGINES: "${name}" is none of ${Object.keys(ENGINES).join(', ')}.`);
    const launcher = await engine.launcher();
    if (launcher) found.push(launcher);
    else missing.push(`No ${name} found, so no test runs in it. Install ${engine.install}.`);
  }
  if (missing.length && process.env.CI) throw new Error(missing.join('\n'));
  for (const message of missing) console.warn(`WARNING: ${message}`);
  return found;
}

/**
 * The command `bring-to-front`. A whole Chromium gives the focus only to the page in front, and the one before may still be
 * there. Where each page has a browser of its own, nothing needs to be done.
 * @type {import('@web/test-runner').TestRunnerPlugin}
 */
export const frontPlugin = {
  name: 'front',
  async executeCommand({command, session}) {
    if (command !== 'bring-to-front') return;
    const page = /** @type {any} */ (session.browser).getPage(session.id);
    await page.bringToFront?.();
    return true; // for the runner, a command without a result is an unknown one
  },
};
