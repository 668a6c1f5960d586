// The URL core against qs: `buildDialogUrl` beside `qs.stringify` of the same data.
import assert from 'node:assert/strict';
import qs from 'qs';
import {buildDialogUrl} from '../dist/url/index.js';
import {median, ratioOf, shuffled} from './statistics.mjs';

/** @typedef {import('./statistics.mjs').Estimate} Estimate */

const BASE = 'https://dialogs.pro/';

/** @param {number} count */
const phones = (count) => Array.from({length: count}, (_, index) => String(79_990_000_000 + index));

/** What is built: name, fields. @type {[string, import('../dist/url/index.js').DialogFields][]} */
const DATA = [
  ['1 phone', {phones: phones(1)}],
  [
    '5 fields',
    {
      accessToken: 'a'.repeat(64),
      licenseId: 30310,
      messengerType: 'grWhatsApp',
      phones: phones(1),
      dialogIds: ['79990000000@c.us'],
    },
  ],
  ...[10, 100, 1_000, 10_000].map(
    (count) => /** @type {[string, object]} */ ([`${count.toLocaleString('en')} phones`, {phones: phones(count)}]),
  ),
];

/**
 * The vendor's array, as a page without the package would have it ready; qs then writes the same query.
 * @param {import('../dist/url/index.js').DialogFields} fields
 */
const vendorData = ({accessToken, licenseId, messengerType, phones, dialogIds}) => ({
  api: {access_token: accessToken, license_id: licenseId, messenger_type: messengerType},
  crm: {phones, dialogIds},
});

/** @type {import('qs').IStringifyOptions} */
const OPTIONS = {format: 'RFC1738', arrayFormat: 'indices'};

/**
 * @param {{samples: number, random: () => number}} options
 * @returns {{rows: {name: string, ours: number, qs: number, ratio: Estimate}[], linear: Estimate}}  milliseconds for each call
 */
export function measureUrlCore({samples, random}) {
  const rows = [];
  /** Milliseconds for each phone. @type {Record<string, number[]>} */
  const perPhone = {};
  for (const [name, fields] of DATA) {
    const data = vendorData(fields);
    const ways = {
      ours: () => buildDialogUrl(fields),
      qs: () => `${BASE}?${qs.stringify(data, OPTIONS)}`,
    };
    assert.equal(ways.ours(), ways.qs(), 'both say the same');
    /** @type {Record<keyof typeof ways, number[]>} */
    const times = {ours: [], qs: []};
    // Calls for each sample, so that one takes some milliseconds.
    const calls = Math.max(1, Math.round(2_000 / (fields.phones?.length ?? 1)));
    const rounds = [...Array(Math.ceil(samples / 3)).fill(false), ...Array(samples).fill(true)]; // the first third warms up
    for (const isCounted of rounds) {
      for (const way of shuffled(/** @type {(keyof typeof ways)[]} */ (Object.keys(ways)), random)) {
        const build = ways[way];
        let length = 0;
        const start = process.hrtime.bigint();
        for (let call = 0; call < calls; call++) length += build().length;
        const time = Number(process.hrtime.bigint() - start) / 1e6;
        assert.ok(length > 0); // used, so that no engine may leave the calls out
        if (isCounted) times[way].push(time / calls);
      }
    }
    perPhone[name] = times.ours.map((time) => time / (fields.phones?.length ?? 1));
    rows.push({name, ours: median(times.ours), qs: median(times.qs), ratio: ratioOf(times.ours, times.qs)});
  }
  return {rows, linear: ratioOf(perPhone['10,000 phones'] ?? [], perPhone['100 phones'] ?? [])};
}
