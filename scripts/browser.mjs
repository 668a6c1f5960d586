// Finds the browsers: Chromium for tests, the demo's smoke test and the screenshots; Firefox and WebKitGTK for tests.
import {execFileSync, spawn} from 'node:child_process';
import {
  copyFileSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import {createRequire} from 'node:module';
import {once} from 'node:events';
import {delimiter, join} from 'node:path';
import {pipeline} from 'node:stream/promises';
import {fileURLToPath} from 'node:url';
import {createBrotliDecompress} from 'node:zlib';

// chrome-launcher comes with @web/test-runner-chrome, which finds the browser by it; ask the same one.
const require = createRequire(import.meta.url);
const fromRunner = createRequire(createRequire(require.resolve('@web/test-runner')).resolve('@web/test-runner-chrome'));
const {Launcher} = fromRunner('chrome-launcher');

const CACHE = fileURLToPath(new URL('../node_modules/.cache/chromium/', import.meta.url));
const PINNED = fileURLToPath(new URL('./chromium/', import.meta.url));

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
 * Launch options for puppeteer: an installed Chrome, Chromium or Edge (or CHROME_PATH);
 * where there is none, on Linux x64, a Chromium that ships inside an npm package.
 * @returns {Promise<import('puppeteer-core').LaunchOptions & {executablePath: string}>}
 */
export async function chromium() {
  const installed = findInstalled();
  if (installed) return {executablePath: installed, args: CHROMIUM_ARGS};
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chrome, Chromium or Edge found. Install one, or set CHROME_PATH to its executable.');
  }
  if (!existsSync(CACHE + 'chromium')) await unpackChromium();
  return {
    executablePath: CACHE + 'chromium',
    // The package holds the headless shell, not the whole browser.
    headless: 'shell',
    args: CHROMIUM_ARGS,
    env: {...process.env, LD_LIBRARY_PATH: CACHE + 'lib', FONTCONFIG_PATH: CACHE},
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
    extraPrefsFirefox: {'network.dns.disabled': true, 'network.proxy.type': 0},
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
  // The launcher looks there too, but with commands that a bare machine has not.
  if (process.env.CHROME_PATH) return process.env.CHROME_PATH;
  try {
    return Launcher.getFirstInstallation();
  } catch {
    return undefined; // it throws where nothing is installed
  }
}

async function unpackChromium() {
  console.log('No browser found: installing a Chromium from the npm registry into node_modules/.cache …');
  mkdirSync(CACHE, {recursive: true});
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(PINNED + file, CACHE + file);
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: CACHE,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const bin = CACHE + 'node_modules/@sparticuz/chromium/bin/';
  for (const archive of ['al2023', 'fonts', 'swiftshader']) {
    const tar = spawn('tar', ['-x', '-C', CACHE], {stdio: ['pipe', 'inherit', 'inherit']});
    const closed = once(tar, 'close');
    await pipeline(createReadStream(`${bin}${archive}.tar.br`), createBrotliDecompress(), tar.stdin);
    const [code] = await closed;
    if (code !== 0) throw new Error(`tar could not unpack ${archive} (exit code ${code}).`);
  }
  // The package's own configuration looks for fonts in /tmp; without this no text is painted.
  writeFileSync(
    CACHE + 'fonts.conf',
    `<fontconfig><dir>${CACHE}fonts</dir><dir>/usr/share/fonts</dir><cachedir>${CACHE}font-cache</cachedir></fontconfig>`,
  );
  // Renamed at the end: a half-written executable is never taken for a whole one.
  await pipeline(
    createReadStream(bin + 'chromium.br'),
    createBrotliDecompress(),
    createWriteStream(CACHE + 'chromium.part', {mode: 0o755}),
  );
  renameSync(CACHE + 'chromium.part', CACHE + 'chromium');
}
