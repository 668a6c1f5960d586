// The browsers of the run: Chromium, and Firefox over WebDriver BiDi. Whatever they ask for goes to the local proxy.
import puppeteer from 'puppeteer-core';
import {chromium, firefox} from '../scripts/browser.mjs';

/** @typedef {import('./columns/index.mjs').BrowserName} BrowserName */

/** @type {Record<BrowserName, (proxyPort: number) => Promise<import('puppeteer-core').LaunchOptions | undefined>>} */
const OPTIONS = {
  async chromium(proxyPort) {
    const options = await chromium();
    const proxy = [`--proxy-server=http://127.0.0.1:${proxyPort}`, '--proxy-bypass-list=<-loopback>;*.localhost'];
    // The certificate is the run's own, and some of the hosts are pinned to those of their owners.
    return {...options, args: [...(options.args ?? []), ...proxy, '--ignore-certificate-errors']};
  },
  async firefox(proxyPort) {
    const options = firefox();
    const prefs = {
      ...options?.extraPrefsFirefox,
      'network.proxy.type': 1,
      'network.proxy.http': '127.0.0.1',
      'network.proxy.http_port': proxyPort,
      'network.proxy.ssl': '127.0.0.1',
      'network.proxy.ssl_port': proxyPort,
      'network.proxy.no_proxies_on': '.localhost',
      'network.proxy.allow_hijacking_localhost': true,
      // Drivers switch early connections off; people's browsers have this number.
      'network.http.speculative-parallel-limit': 20,
      // A clock as fine as Chromium's.
      'privacy.reduceTimerPrecision': false,
    };
    return options && {...options, extraPrefsFirefox: prefs};
  },
};

export const BROWSERS = /** @type {BrowserName[]} */ (Object.keys(OPTIONS));

/**
 * @param {BrowserName} name
 * @param {number} proxyPort
 * @returns {Promise<import('puppeteer-core').Browser | undefined>}  none where it is not installed
 */
export async function launch(name, proxyPort) {
  const options = await OPTIONS[name](proxyPort);
  return options && puppeteer.launch({...options, acceptInsecureCerts: true, protocolTimeout: 300_000});
}
