// The query against the real thing: PHP's http_build_query() and parse_str(), on random fields.
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {describe, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import fc from 'fast-check';
import {buildDialogUrl, httpBuildQuery, parseDialogUrl} from 'chatapp-dialog/url';
import {needs} from '../support/needs.mjs';

const FIELD_SETS = 20_000;
const NESTED_SETS = 5_000;
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);

/**
 * One PHP process for the whole batch.
 * @param {unknown[]} batch
 * @returns {Promise<{query: string, read: any}[]>}
 */
async function php(batch) {
  const script = fileURLToPath(new URL('./parity.php', import.meta.url));
  const child = spawn('php', ['-d', 'max_input_vars=1000000', '-d', 'memory_limit=1G', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(batch.map((data) => JSON.stringify(data) + '\n').join(''));
  let out = '';
  child.stdout.setEncoding('utf8');
  for await (const chunk of child.stdout) out += chunk;
  const lines = out.split('\n').filter(Boolean);
  assert.equal(lines.length, batch.length, 'PHP answered every line');
  return lines.map((line) => JSON.parse(line));
}

// Unicode beyond the BMP, and what queries and PHP are touchy about.
const touchy = fc.constantFrom(...'+&=[]%~*()!\'"#?/;:,.-_ $<>\\\n\t\0', '%20', '%5B', '😀', 'Ж', 'é', '\u{10ffff}');
const text = fc.oneof(fc.string({unit: 'binary'}), fc.string({unit: touchy}), fc.string({unit: 'grapheme'}));
// White space alone, a function's text and the like are refused.
const filled = text.filter(
  (value) =>
    value.trim() !== '' && !/^(null|none|nil|undefined|nan|true|false|0)$|^\[object |\{|=>/i.test(value.trim()),
);
const token = fc
  .tuple(fc.string({unit: fc.constantFrom(...'./abcXYZ0189'), minLength: 8, maxLength: 53}), fc.boolean())
  .map(([random, bcrypt]) => (bcrypt ? `$2y$10$${random}` : random));
const integer = fc.maxSafeInteger().filter((value) => value !== 0); // which is refused
const optional = (/** @type {fc.Arbitrary<any>} */ value) =>
  fc.oneof({weight: 4, arbitrary: value}, {weight: 1, arbitrary: fc.constantFrom(null, undefined, '')});

/** A phone as a CRM writes it, with the digits that must remain: known here without our own cleaning. */
const phone = fc
  .oneof(
    fc
      .array(
        fc.tuple(
          fc.integer({min: 0, max: 9}),
          fc.constantFrom('', '', '', ' ', '-', '(', ')', '.', '\u00a0', '\u2011', '\u200e'),
        ),
        {minLength: 1, maxLength: 15},
      )
      .chain((digits) =>
        fc.constantFrom('', '+', ' +').map((prefix) => ({
          given: /** @type {string | number} */ (prefix + digits.map(([digit, mark]) => mark + digit).join('')),
          kept: digits.map(([digit]) => digit).join(''),
        })),
      ),
    fc.nat(999_999_999_999_999).map((given) => ({given, kept: String(given)})),
  )
  .filter(({given}) => !/\d{9}\.0$|^\s*0\s*$/.test(String(given))); // what was a float is refused, and 0

const fieldSet = fc.record({
  accessToken: optional(fc.oneof(token, filled)),
  licenseId: optional(fc.oneof(integer, filled)),
  messengerType: optional(fc.oneof(fc.constantFrom('grWhatsApp', 'telegram'), filled)),
  crmDomain: optional(filled),
  employeeExtCode: optional(fc.oneof(integer, filled)),
  phones: fc.option(fc.array(phone, {maxLength: 12})),
  dialogIds: fc.option(fc.array(fc.oneof(integer, filled), {maxLength: 12})),
});

const orNull = (/** @type {any} */ value) => (value === '' ? null : (value ?? null));

describe(`parity with PHP (SEED=${seed})`, needs('php', 'php-cli'), () => {
  test(`the URL of ${FIELD_SETS} random field sets`, async () => {
    const samples = fc.sample(fieldSet, {numRuns: FIELD_SETS, seed});
    const answers = await php(
      samples.map((sample) => ({
        api: {
          access_token: orNull(sample.accessToken),
          license_id: orNull(sample.licenseId),
          messenger_type: orNull(sample.messengerType),
          crm_domain: orNull(sample.crmDomain),
          employee_ext_code: orNull(sample.employeeExtCode),
        },
        crm: {phones: sample.phones?.map(({kept}) => kept) ?? null, dialogIds: sample.dialogIds},
      })),
    );
    let compared = 0;
    samples.forEach((sample, i) => {
      const url = buildDialogUrl({...sample, phones: sample.phones?.map(({given}) => given)});
      const [, query = ''] = url.split('?');
      const {query: wanted, read} = /** @type {{query: string, read: any}} */ (answers[i]);
      assert.equal(query, wanted);

      // What PHP reads back are the fields as texts, and our own parser reads the same.
      const texts = Object.fromEntries(
        Object.entries({...sample, phones: sample.phones?.map(({kept}) => kept)})
          .filter(([, value]) => value != null && value.length !== 0)
          .map(([name, value]) => [name, Array.isArray(value) ? value.map(String) : String(value)]),
      );
      assert.deepEqual(parseDialogUrl(url), {baseUrl: 'https://dialogs.pro/', fields: texts});
      const {api = {}, crm = {}} = read;
      const byPhp = {
        accessToken: api.access_token,
        licenseId: api.license_id,
        messengerType: api.messenger_type,
        crmDomain: api.crm_domain,
        employeeExtCode: api.employee_ext_code,
        phones: crm.phones,
        dialogIds: crm.dialogIds,
      };
      assert.deepEqual(Object.fromEntries(Object.entries(byPhp).filter(([, value]) => value !== undefined)), texts);
      compared++;
    });
    console.log(`compared with PHP: ${compared} field sets`);
    assert.equal(compared, FIELD_SETS);
  });

  test(`httpBuildQuery() of ${NESTED_SETS} random nested data`, async () => {
    // parse_str() changes dots, spaces and brackets in names; a name of digits is a number to PHP.
    const key = fc
      .string({unit: 'grapheme', minLength: 1, maxLength: 8})
      .filter((name) => !/[\s.[\]\0+]|^\d+$|^__proto__$/u.test(name));
    const {data} = fc.letrec((/** @type {(name: string) => fc.Arbitrary<any>} */ tie) => ({
      leaf: fc.oneof(text, integer, fc.boolean(), fc.constant(null)),
      data: fc.dictionary(
        key,
        fc.oneof({maxDepth: 3}, tie('leaf'), fc.array(tie('leaf'), {maxLength: 4}), tie('data')),
        {maxKeys: 5, noNullPrototype: true},
      ),
    }));
    const samples = /** @type {any[]} */ (
      fc.sample(/** @type {fc.Arbitrary<any>} */ (data), {numRuns: NESTED_SETS, seed})
    );
    const answers = await php(samples);
    samples.forEach((sample, i) => {
      assert.equal(httpBuildQuery(sample), /** @type {{query: string}} */ (answers[i]).query);
    });
    console.log(`compared with PHP: ${samples.length} nested data`);
  });
});
