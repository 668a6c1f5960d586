// Finds the browsers: Chromium for tests, the demo's smoke test and the screenshots; Firefox and WebKitGTK for tests.
import {execFileSync} from 'node:child_process';
import {
  copyFileSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import {createRequire} from 'node:module';
import {delimiter, dirname, join} from 'node:path';
import {pipeline} from 'node:stream/promises';
import {fileURLToPath} from 'node:url';
import {createBrotliDecompress} from 'node:zlib';

// chrome-launcher comes with @web/test-runner-chrome, which finds the browser by it; ask the same one.
const require = createRequire(import.meta.url);
const fromRunner = createRequire(createRequire(require.resolve('@web/test-runner')).resolve('@web/test-runner-chrome'));
const {Launcher} = fromRunner('chrome-launcher');

const CACHE = fileURLToPath(new URL('../node_modules/.cache/chromium', import.meta.url));
const PINNED = fileURLToPath(new URL('./chromium', import.meta.url));

/** Flags that keep a headless Chromium quiet, and away from the internet. */
export const CHROMIUM_ARGS = [
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Nothing but the loopback.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1',
  // Chromium refuses its own sandbox to root, which containers and CI often are.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/**
 * Launch options for puppeteer: an installed Chrome, Chromium or Edge (or CHROME_PATH). If none is installed, or if
 * BUNDLED_BROWSER is set, a Chromium that ships inside an npm package (Linux x64 only).
 * @returns {Promise<import('puppeteer-core').LaunchOptions & {executablePath: string}>}
 */
export async function chromium() {
  const installed = findInstalled();
  if (installed) return {executablePath: installed, args: CHROMIUM_ARGS};
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      process.env.BUNDLED_BROWSER
        ? 'BUNDLED_BROWSER works on Linux x64 only. Unset it to use an installed browser.'
        : 'No Chrome, Chromium or Edge found. Install one, or set CHROME_PATH to its executable.',
    );
  }
  if (!existsSync(CACHE)) await unpackChromium();
  return {
    executablePath: join(CACHE, 'chromium'),
    // The package holds the headless shell, not the whole browser.
    headless: 'shell',
    args: CHROMIUM_ARGS,
    env: {...process.env, LD_LIBRARY_PATH: join(CACHE, 'lib'), FONTCONFIG_PATH: CACHE},
  };
}

/**
 * Launch options for puppeteer: an installed Firefox (or FIREFOX_PATH), if there is one.
 * @returns {import('puppeteer-core').LaunchOptions | undefined}
 */
export function firefox() {
  const executablePath = process.env.FIREFOX_PATH || onPath('firefox-esr') || onPath('firefox');
  if (!executablePath) return undefined;
  // Nothing but the loopback: no name is looked up, and no proxy is asked to.
  return {
    browser: 'firefox',
    executablePath,
    extraPrefsFirefox: {
      'network.dns.disabled': true,
      'network.proxy.type': 0,
      // The panel of a download would keep the focus, also from the next page.
      'browser.download.alwaysOpenPanel': false,
    },
  };
}

/** @typedef {{driver: string, xvfb: string}} WebKitCommands */

/**
 * What WebKitGTK runs with: its driver, which knows where its browser is, and a screen. Linux only.
 * @returns {WebKitCommands | undefined}
 */
export function webkit() {
  const [driver, xvfb] = [onPath('WebKitWebDriver'), onPath('Xvfb')];
  return driver && xvfb ? {driver, xvfb} : undefined;
}

/** @param {string} command */
function onPath(command) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, command))
    .find((file) => existsSync(file));
}

function findInstalled() {
  if (process.env.BUNDLED_BROWSER) return undefined;
  // The launcher looks there too, but with commands that a bare machine has not.
  if (process.env.CHROME_PATH) return process.env.CHROME_PATH;
  try {
    return Launcher.getFirstInstallation();
  } catch {
    return undefined; // it throws where nothing is installed
  }
}

/** Unpacks the browser beside its place and moves it there at the end, so that nobody finds half of it. */
async function unpackChromium() {
  console.log('Installing a Chromium from the npm registry into node_modules/.cache …');
  mkdirSync(dirname(CACHE), {recursive: true});
  const part = mkdtempSync(`${CACHE}.part-`);
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(PINNED, file), join(part, file));
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: part,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const bin = join(part, 'node_modules/@sparticuz/chromium/bin');
  for (const archive of ['al2023', 'fonts', 'swiftshader']) {
    const tar = join(part, `${archive}.tar`);
    await decompress(join(bin, `${archive}.tar.br`), tar);
    execFileSync('tar', ['-xf', tar, '-C', part]);
    rmSync(tar);
  }
  // The package's own configuration looks for fonts in /tmp. Without this one, no text is painted.
  writeFileSync(
    join(part, 'fonts.conf'),
    `<fontconfig><dir>${CACHE}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>${CACHE}/font-cache</cachedir></fontconfig>`,
  );
  await decompress(join(bin, 'chromium.br'), join(part, 'chromium'), 0o755);
  try {
    renameSync(part, CACHE);
  } catch (error) {
    if (!existsSync(CACHE)) throw error;
    rmSync(part, {recursive: true}); // another process was faster
  }
}

/**
 * @param {string} from  a file packed by brotli
 * @param {string} to
 * @param {number} [mode]  of the new file
 */
const decompress = (from, to, mode) =>
  pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to, {mode}));

// As a command: has a browser ready before two others look for one at once.
if (process.argv[1] === fileURLToPath(import.meta.url)) await chromium();
