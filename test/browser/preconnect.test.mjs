// The early connection, as a server sees it: there before the frame's request, and used by it.
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {createServer} from 'node:http';
import {test} from 'node:test';
import puppeteer from 'puppeteer-core';
import {listen} from '../../demo/stand-in/listen.mjs';
import {chromium, firefox} from '../../scripts/browser.mjs';
import {PATIENCE_MS} from '../support/ask.mjs';
import {setupPages} from '../support/test-page.mjs';

const {origin} = setupPages();

const withFirefox = firefox();
if (!withFirefox)
  console.warn('WARNING: No Firefox found, so the early connection is not tested. Install firefox-esr.');
/** Drivers switch off what a browser does ahead of time; those of people have this number. */
const LIKE_PEOPLES = {'network.http.speculative-parallel-limit': 20};

const ENGINES = {
  Firefox: {
    options: withFirefox && {...withFirefox, extraPrefsFirefox: {...withFirefox.extraPrefsFirefox, ...LIKE_PEOPLES}},
    isEarly: true,
  },
  // It would not use one; see src/frame/preconnect.ts.
  Chromium: {options: await chromium(), isEarly: false},
};

for (const [engine, {options, isEarly}] of Object.entries(ENGINES)) {
  const skip = !options && !process.env.CI;
  test(
    `in ${engine} the frame ${isEarly ? 'goes by a connection that was' : 'has no connection'} made while the element was disabled`,
    {skip},
    async (t) => {
      const dialog = createServer((_request, response) =>
        response.writeHead(200, {'Content-Type': 'text/html'}).end('<!doctype html>'),
      );
      const base = `${await listen(dialog)}/`;
      t.after(() => void dialog.close().closeAllConnections());
      /** @type {import('node:net').Socket[]} */
      const connections = [];
      /** @type {import('node:http').IncomingMessage[]} */
      const requests = [];
      dialog.on('connection', (socket) => connections.push(socket));
      dialog.on('request', (request) => requests.push(request));

      const browser = await puppeteer.launch({...options, timeout: PATIENCE_MS});
      t.after(() => browser.close());
      const page = await browser.newPage();
      await page.goto(`${origin()}/`);
      const connected = isEarly && once(dialog, 'connection');
      await page.evaluate(async (baseUrl) => {
        const el = Object.assign(document.createElement('chatapp-dialog'), {baseUrl, disabled: true, phones: ['7999']});
        document.body.append(el);
        await el.updateComplete;
      }, base);
      await connected;
      assert.deepEqual([connections.length, requests.length], [isEarly ? 1 : 0, 0]);

      const requested = once(dialog, 'request');
      await page.$eval('chatapp-dialog', (el) => void Object.assign(el, {disabled: false}));
      await requested;
      assert.equal(requests.length, 1);
      if (isEarly) assert.ok(requests[0]?.socket === connections[0], 'the request came by the early connection');
    },
  );
}
