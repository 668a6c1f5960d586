// The stand-in of ChatApp Dialog reads the addresses that the element builds. It reads them without our code: otherwise a
// mistake in the builder would meet the same mistake here, and every test that asks the stand-in would pass.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {createStandIn} from '../../demo/stand-in/server.mjs';
import {CHATS} from '../../demo/stand-in/app/chats.js';
import {filterChats} from '../../demo/stand-in/app/filter.js';

const standIn = createStandIn();
/** @type {string} */
let origin;
before(async () => {
  origin = await standIn.listen();
});
after(() => standIn.close());

/** The fields that the server read, as it hands them to its page. @param {string} url */
async function fieldsOf(url) {
  const html = await (await fetch(origin + url)).text();
  const json = /<script type="application\/json" id="request">(.*?)<\/script>/s.exec(html)?.[1];
  assert.ok(json, 'the page holds the request');
  return JSON.parse(json).fields;
}

/** Names of the chats that an address is about. @param {string} url */
const found = async (url) =>
  filterChats(CHATS, await fieldsOf(url)).map(({messengerType, name}) => `${messengerType} ${name}`);

test('no module of the stand-in is ours', async () => {
  const {metafile} = await build({
    entryPoints: ['server.mjs', 'app/main.js'].map((file) =>
      fileURLToPath(new URL(`../../demo/stand-in/${file}`, import.meta.url)),
    ),
    absWorkingDir: fileURLToPath(new URL('../../', import.meta.url)),
    bundle: true,
    write: false,
    outdir: 'unused',
    format: 'esm',
    platform: 'node',
    metafile: true,
  });
  const modules = Object.keys(metafile.inputs);
  assert.ok(modules.includes('demo/stand-in/dialog-request.mjs'));
  assert.deepEqual(
    modules.filter((path) => !/^(demo\/(stand-in|shared)|node_modules)\//.test(path)),
    [],
  );
});

describe('an address is read as the vendor documents it:', () => {
  for (const [what, query, expected] of /** @type {const} */ ([
    ['a phone', 'crm[phones][0]=79991234567', ['grWhatsApp Marina Costa']],
    ['the last digits of a phone', 'crm[phones][0]=9991234567', ['grWhatsApp Marina Costa']],
    ['encoded brackets', 'crm%5Bphones%5D%5B0%5D=79991234567', ['grWhatsApp Marina Costa']],
    [
      'two phones',
      'crm[phones][0]=491713920012&crm[phones][1]=491713920034',
      ['grWhatsApp Daniel Weber', 'telegram Daniel Weber (private)'],
    ],
    [
      'lists without or with wide indices',
      'crm[phones][]=491713920012&crm[dialogIds][900000]=@sofia_rossi',
      ['grWhatsApp Daniel Weber', 'telegram Sofia Rossi'],
    ],
    ['a dialog id', 'crm[dialogIds][0]=120363041234567890@g.us', ['grWhatsApp Loft 12 renovation']],
    [
      'phones or dialog ids',
      'crm[phones][0]=447700900142&crm[dialogIds][0]=helen.park@example.com',
      ['caWhatsApp Helen Park', 'email Helen Park'],
    ],
    [
      'a phone within a messenger',
      'crm[phones][0]=12025550143&api[messenger_type]=telegram',
      ['telegram James Ortega'],
    ],
    [
      'a license',
      'api[license_id]=41200',
      ['telegram Daniel Weber (private)', 'telegram Sofia Rossi', 'telegram James Ortega'],
    ],
    ['a phone of another license', 'crm[phones][0]=79991234567&api[license_id]=41200', []],
    ['the path form', '/dialogs/41200/telegram/@sofia_rossi', ['telegram Sofia Rossi']],
    [
      'the path form before the query',
      '/dialogs/41200/telegram/%40sofia_rossi?crm[phones][0]=79991234567&api[license_id]=1',
      ['telegram Sofia Rossi'],
    ],
  ])) {
    test(what, async () => {
      assert.deepEqual(await found(query.startsWith('/') ? query : '/?' + query), expected);
    });
  }

  test('no filter is every chat', async () => {
    assert.equal((await found('/')).length, CHATS.length);
  });

  test('a thousand and more phones arrive', async () => {
    const phones = Array.from({length: 3000}, (_, index) => `crm[phones][${index}]=${10_000_000_000 + index}`);
    assert.equal((await fieldsOf('/?' + phones.join('&'))).phones.length, 3000);
  });

  test('odd addresses are read as what they are not, without harm', async () => {
    for (const url of [
      '/dialogs/1/2/%',
      '/?crm=1&api=2',
      '/?crm[phones]=1',
      '/?__proto__[x]=1',
      '/?api[license_id][a]=1',
      '/s/%/?x',
    ])
      await fieldsOf(url);
    assert.deepEqual((await fieldsOf('/?crm[phones]=5')).phones, ['5']);
  });
});
