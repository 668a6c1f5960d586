// The year's first weeks, four times, and what must hold in them. `npm run simulation` takes the whole year, and writes the
// figures into docs/internals/token-simulation.md.
import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, describe, test} from 'node:test';
import {needsRedis, startRedis} from '../../support/redis-server.mjs';
import {API_FAULTS, openDays} from './schedule.mjs';
import {simulateYear} from './year.mjs';

/** @typedef {Awaited<ReturnType<typeof simulateYear>>} Figures */

/** How long it lasts: by default, until all has happened once that happens in a year. */
const DAYS = Number(process.env.SIMULATION_DAYS ?? 33);
/** Logins that it may take where a refresh does not prolong the 14 days: one in each, and the first. */
const LOGINS_WITHOUT_FAILURES = Math.ceil(DAYS / 14);
const BUDGET = 90;

/** @type {{name: string, kind: 'redis' | 'sqlite', hasFailures: boolean, refreshExtends: boolean}[]} */
const YEARS = [
  {name: 'Redis', kind: 'redis', hasFailures: false, refreshExtends: true},
  {name: 'Redis, refresh tokens end 14 days after the login', kind: 'redis', hasFailures: false, refreshExtends: false},
  {name: 'Redis, with failures', kind: 'redis', hasFailures: true, refreshExtends: true},
  {name: 'SQLite, with failures', kind: 'sqlite', hasFailures: true, refreshExtends: false},
];

describe(`${DAYS} days of eight processes`, () => {
  /** @type {Map<string, Figures>} */
  const results = new Map();
  after(() => report(results));

  for (const {name, kind, hasFailures, refreshExtends} of YEARS) {
    test(name, {...(kind === 'redis' ? needsRedis : {}), timeout: 900_000}, async (t) => {
      // Failures by timeout cost real time; without failures nothing times out, however busy the machine is.
      const timeout = hasFailures ? 400 : 10_000;
      const figures = await simulateYear({
        store: await openStore(t, kind),
        days: DAYS,
        hasFailures,
        refreshExtends,
        timeout,
      });
      results.set(name, figures);
      assert.ok(figures.openings > 20 * openDays(DAYS) && figures.given > 0.9 * figures.openings, 'something happened');
      assert.equal(figures.expired, 0, 'no expired token was handed out');
      assert.ok(figures.atOnce <= 2, `${figures.atOnce} requests to ChatApp at once`);
      assert.ok(figures.mostLoginsInADay <= BUDGET, `${figures.mostLoginsInADay} logins in a day`);
      if (hasFailures) {
        for (const fault of API_FAULTS) assert.ok(figures.outcomes.has(fault), `ChatApp failed by ${fault}`);
        assert.ok(figures.deaths > 0, 'processes died');
        assert.ok(figures.restarts > 0, 'all processes restarted');
        assert.ok(figures.stolen > 0, 'somebody else used the refresh token');
        assert.ok(figures.outages > 0 || kind === 'sqlite', 'the store was away');
      } else {
        assert.deepEqual(figures.errors, {});
        assert.ok(figures.logins <= LOGINS_WITHOUT_FAILURES, `${figures.logins} logins`);
      }
    });
  }
});

/** @param {import('node:test').TestContext} t @param {'redis' | 'sqlite'} kind */
async function openStore(t, kind) {
  if (kind === 'redis') {
    const redis = await startRedis();
    t.after(() => redis.stop());
    return {kind, url: redis.url};
  }
  const folder = mkdtempSync(join(tmpdir(), 'chatapp-dialog-year-'));
  t.after(() => rmSync(folder, {recursive: true, force: true}));
  return {kind, file: join(folder, 'tokens.sqlite')};
}

/** @param {Map<string, Figures>} results */
function report(results) {
  /** @type {[string, (figures: Figures) => string | number][]} */
  const rows = [
    ['openings', ({openings}) => openings],
    ['… with a token that lived', ({given, expired}) => given - expired],
    ['… with one that had ended', ({expired}) => expired],
    ['… without a token: none could be had', ({errors}) => Object.values(errors).reduce((sum, one) => sum + one, 0)],
    ['logins in the year', ({logins}) => logins],
    ['… most in any 24 hours', ({mostLoginsInADay}) => mostLoginsInADay],
    ['refreshes', ({refreshes}) => refreshes],
    ['checks of a token', ({checks}) => checks],
    ['requests that failed', ({failedRequests}) => failedRequests],
    ['processes that died between the answer and the store', ({deaths}) => deaths],
    ['restarts of all processes', ({restarts}) => restarts],
    ['most requests for tokens at once', ({atOnce}) => atOnce],
    ['… while the store was away', ({atOnceWithoutStore}) => atOnceWithoutStore],
  ];
  const names = [...results.keys()];
  const line = (/** @type {(string | number)[]} */ cells) => `| ${cells.join(' | ')} |`;
  const table = [
    line(['', ...names]),
    line(['---', ...names.map(() => '--:')]),
    ...rows.map(([row, of]) => line([row, ...[...results.values()].map(of)])),
  ].join('\n');
  console.log(table);
  const file = process.env.SIMULATION_TABLE;
  if (!file) return;
  const [before = '', rest = ''] = readFileSync(file, 'utf8').split('<!-- figures -->\n');
  const [, end = ''] = rest.split('<!-- end of figures -->');
  writeFileSync(file, `${before}<!-- figures -->\n${table}\n<!-- end of figures -->${end}`);
}
