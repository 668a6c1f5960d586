import {expect} from '@open-wc/testing';
import {
  buildDialogUrl,
  DialogFieldError,
  type DialogFields,
  httpBuildQuery,
  parseDialogUrl,
  shareableDialogUrl,
} from '../../src/url/index.js';
import {FULL_FIELDS, TOKEN} from '../support/harness.js';

/** The links and the array of the vendor's page, word for word; the array's lost lines as the page's older version has them. */
const VENDOR = {
  dialogIdLink:
    'https://dialogs.pro/?crm[dialogIds][0]=79999999999@c.us&api[license_id]=30310&api[messenger_type]=grWhatsApp',
  phoneLink: 'https://dialogs.pro/?crm[phones][0]=79999999999&api[license_id]=30310&api[messenger_type]=grWhatsApp',
  fields: {
    api: {
      access_token: '$2y$10$3QNdSGJJarGvzMX277775777777WaI4QRW5Fw.NCWkbNONufjlEI.m',
      license_id: 15006,
      messenger_type: 'grWhatsApp',
      crm_domain: 'chatapp-dev46.bitrix24.ru',
      employee_ext_code: '123',
    },
    crm: {
      phones: ['79954545454', '79985554544', '79985554513'],
      dialogIds: ['79999999999@c.us'],
    },
  },
  query:
    'api%5Baccess_token%5D=%242y%2410%243QNdSGJJarGvzMX277775777777WaI4QRW5Fw.NCWkbNONufjlEI.m&api%5Blicense_id%5D=15006' +
    '&api%5Bmessenger_type%5D=grWhatsApp&api%5Bcrm_domain%5D=chatapp-dev46.bitrix24.ru&api%5Bemployee_ext_code%5D=123' +
    '&crm%5Bphones%5D%5B0%5D=79954545454&crm%5Bphones%5D%5B1%5D=79985554544&crm%5Bphones%5D%5B2%5D=79985554513' +
    '&crm%5BdialogIds%5D%5B0%5D=79999999999%40c.us',
};

/** The same as fields: what the sample holds, with the page's token. */
const VENDOR_FIELDS: DialogFields = {...FULL_FIELDS, accessToken: VENDOR.fields.api.access_token};

const faultOf = (run: () => unknown): DialogFieldError => {
  try {
    run();
  } catch (error) {
    expect(error).to.be.instanceOf(DialogFieldError);
    return error as DialogFieldError;
  }
  throw new Error('accepted');
};

describe('buildDialogUrl', () => {
  it('writes the vendor’s $fields array as the vendor’s PHP does', () => {
    expect(buildDialogUrl(VENDOR_FIELDS)).to.equal(`https://dialogs.pro/?${VENDOR.query}`);
    expect(httpBuildQuery(VENDOR.fields)).to.equal(VENDOR.query);
  });

  it('opens the base URL without fields', () => {
    expect(buildDialogUrl({})).to.equal('https://dialogs.pro/');
    expect(buildDialogUrl({phones: []}, {baseUrl: null})).to.equal('https://dialogs.pro/');
  });

  const BASES: [string, string | URL, string][] = [
    ['another host', 'https://new.dialogs.pro', 'https://new.dialogs.pro/?api%5Blicense_id%5D=1'],
    ['a URL object', new URL('https://chat.example/x'), 'https://chat.example/x?api%5Blicense_id%5D=1'],
    [
      'path, query and hash',
      'https://chat.example/a/?b=c%20d#e',
      'https://chat.example/a/?b=c%20d&api%5Blicense_id%5D=1#e',
    ],
    ['http on localhost', 'http://localhost:8000', 'http://localhost:8000/?api%5Blicense_id%5D=1'],
    ['http on a name below localhost', 'http://chat.localhost/', 'http://chat.localhost/?api%5Blicense_id%5D=1'],
    ['http on loopback', 'http://127.1.2.3/', 'http://127.1.2.3/?api%5Blicense_id%5D=1'],
    ['http on IPv6 loopback', 'http://[::1]:80/', 'http://[::1]/?api%5Blicense_id%5D=1'],
    [
      'parameters that only look like its own',
      'https://chat.example/?apis=1&crmx[a]=2',
      'https://chat.example/?apis=1&crmx[a]=2&api%5Blicense_id%5D=1',
    ],
  ];
  for (const [behaviour, baseUrl, url] of BASES) {
    it(`takes as base URL: ${behaviour}`, () => expect(buildDialogUrl({licenseId: 1}, {baseUrl})).to.equal(url));
  }

  const BAD_BASES: [string, string][] = [
    ['no URL', 'dialogs.pro'],
    ['an empty text', ''],
    ['a relative URL', '/chat'],
    ['javascript:', 'javascript:alert(1)'],
    ['data:', 'data:text/html,SECRET'],
    ['http on the internet', 'http://dialogs.pro/'],
    ['http on a host that only starts like loopback', 'http://127.0.0.1.example/'],
    ['http on a host that only ends like localhost', 'http://notlocalhost/'],
    ['a user name', 'https://SECRET@dialogs.pro/'],
    ['a password', 'https://:SECRET@dialogs.pro/'],
    ['parameters of its own', 'https://dialogs.pro/?api[license_id]=SECRET'],
    ['encoded parameters of its own', 'https://dialogs.pro/?a=1&crm%5Bphones%5d[0]=SECRET'],
    ['the bare arrays', 'https://dialogs.pro/?crm=SECRET'],
    ['parameters of its own in disguise', 'https://dialogs.pro/?+%61pi[access_token]=SECRET'],
    ['the link to a chat', 'https://dialogs.pro/dialogs/30310/grWhatsApp/SECRET@c.us'],
  ];
  for (const [behaviour, baseUrl] of BAD_BASES) {
    it(`refuses as base URL, without telling it: ${behaviour}`, () => {
      const error = faultOf(() => buildDialogUrl({}, {baseUrl}));
      expect(error.field).to.equal('baseUrl');
      expect(`${error.message} ${error.stack} ${JSON.stringify(error)}`).not.to.contain('SECRET');
    });
  }

  it('refuses a URL over 1 MB, whether the fields or the base URL make it that long', () => {
    const tooLong = 'a'.repeat(1_000_000);
    expect(faultOf(() => buildDialogUrl({crmDomain: tooLong})).message).to.contain('1 MB');
    expect(faultOf(() => buildDialogUrl({}, {baseUrl: `https://dialogs.pro/?${tooLong}`})).message).to.contain('1 MB');
  });

  it('takes 10,000 phones', () => {
    const phones = Array.from({length: 10_000}, (_, i) => 79990000000 + i);
    expect(parseDialogUrl(buildDialogUrl({phones})).fields.phones).to.deep.equal(phones.map(String));
  });
});

describe('shareableDialogUrl', () => {
  it('refuses what is no plain object, for its filters would be dropped', () => {
    for (const fields of [new Map([['phones', ['7999']]]), Promise.resolve({phones: ['7999']}), [], null]) {
      expect(faultOf(() => shareableDialogUrl(fields as never)).field).to.equal('fields');
    }
  });

  it('leaves out who signs in: access token, CRM domain, employee code', () => {
    expect(parseDialogUrl(shareableDialogUrl(FULL_FIELDS, {baseUrl: 'https://new.dialogs.pro/'}))).to.deep.equal({
      baseUrl: 'https://new.dialogs.pro/',
      fields: {
        licenseId: '15006',
        messengerType: 'grWhatsApp',
        phones: ['79954545454', '79985554544', '79985554513'],
        dialogIds: ['79999999999@c.us'],
      },
    });
  });

  it('does not change the fields given', () => {
    const fields = Object.freeze({...FULL_FIELDS});
    shareableDialogUrl(fields);
    expect(fields.accessToken).to.equal(TOKEN);
  });
});

describe('parseDialogUrl', () => {
  const base = 'https://dialogs.pro/';
  const READ: [string, string, object, string?][] = [
    [
      'the vendor’s link with chat id',
      VENDOR.dialogIdLink,
      {licenseId: '30310', messengerType: 'grWhatsApp', dialogIds: ['79999999999@c.us']},
    ],
    [
      'the vendor’s link with phone',
      VENDOR.phoneLink,
      {licenseId: '30310', messengerType: 'grWhatsApp', phones: ['79999999999']},
    ],
    ['the vendor’s PHP query', `?${VENDOR.query}`, {...VENDOR_FIELDS, licenseId: '15006'}],
    ['a bare query', 'crm[phones][0]=7999&api[license_id]=1', {licenseId: '1', phones: ['7999']}],
    ['a bare encoded query', 'crm%5Bphones%5D%5B0%5D=7999', {phones: ['7999']}],
    ['lower-case percent encoding', '?crm%5bphones%5d%5b0%5d=7999', {phones: ['7999']}],
    ['a host without slash', 'https://dialogs.pro?crm[phones][0]=7999', {phones: ['7999']}],
    ['an address without scheme', 'dialogs.pro/?crm[phones][0]=7999', {phones: ['7999']}],
    ['an address without scheme and slash', 'dialogs.pro?crm[phones][0]=7999', {phones: ['7999']}],
    ['+ and %20 as spaces', '?api[license_id]=a+b%20c', {licenseId: 'a b c'}],
    ['UTF-8', '?api[license_id]=%F0%9F%98%80', {licenseId: '😀'}],
    ['indices out of order', '?crm[phones][2]=c&crm[phones][0]=a&crm[phones][1]=b', {phones: ['a', 'b', 'c']}],
    ['indices with gaps', '?crm[phones][7]=b&crm[phones][3]=a', {phones: ['a', 'b']}],
    ['lists without index', '?crm[phones][]=a&crm[phones][]=b', {phones: ['a', 'b']}],
    ['entries without index behind those with', '?crm[phones][5]=a&crm[phones][]=b', {phones: ['a', 'b']}],
    ['the last one of an index', '?crm[phones][0]=a&crm[phones][0]=b', {phones: ['b']}],
    ['a list given as one value', '?crm[phones]=7999', {phones: ['7999']}],
    ['a named index', '?crm[phones][main]=7999', {phones: ['7999']}],
    ['an index that no array has', '?crm[phones][99999999999999999999]=b&crm[phones][0]=a', {phones: ['a', 'b']}],
    ['text behind the brackets', '?crm[phones][0]x=1', {phones: ['1']}],
    ['an index with a leading zero as another one', '?crm[phones][0]=a&crm[phones][00]=b', {phones: ['a', 'b']}],
    ['a bracket that nothing closes as text behind the brackets', '?crm[phones][0=1', {phones: ['1']}],
    [
      'entries behind the last index of an array',
      '?crm[phones][4294967294]=a&crm[phones][]=b&crm[phones][]=c',
      {phones: ['a', 'b', 'c']},
    ],
    ['the last one of a text', '?api[license_id]=1&api[license_id]=2', {licenseId: '2'}],
    ['an empty text as none', '?api[license_id]=', {}],
    ['an empty text after another as none', '?api[license_id]=1&api[license_id]=', {}],
    [
      'an empty filter as an empty filter, not as none',
      '?crm[phones][0]=&crm[dialogIds]=',
      {phones: [], dialogIds: []},
    ],
    [
      'the path form',
      'https://dialogs.pro/dialogs/30310/grWhatsApp/79999999999@c.us',
      {licenseId: '30310', messengerType: 'grWhatsApp', dialogIds: ['79999999999@c.us']},
    ],
    [
      'the path form with an encoded chat id',
      'https://dialogs.pro/dialogs/1/email/a%40b.example%2Fc/',
      {licenseId: '1', messengerType: 'email', dialogIds: ['a@b.example/c']},
    ],
    [
      'the path form with a stray percent sign',
      'https://dialogs.pro/dialogs/1/email/100%',
      {licenseId: '1', messengerType: 'email', dialogIds: ['100%']},
    ],
    [
      'the path form alone',
      '/dialogs/1/telegram/@name',
      {licenseId: '1', messengerType: 'telegram', dialogIds: ['@name']},
    ],
    [
      'the path form, which wins over the query; other fields are added',
      'https://dialogs.pro/dialogs/1/telegram/@name?api[access_token]=t&api[license_id]=2&crm[dialogIds][0]=x&crm[phones][0]=7',
      {accessToken: 't', licenseId: '1', messengerType: 'telegram', dialogIds: ['@name'], phones: ['7']},
    ],
    [
      'the path form below a path',
      'https://host.example/app/dialogs/1/email/x',
      {licenseId: '1', messengerType: 'email', dialogIds: ['x']},
      'https://host.example/app/',
    ],
    ['a path that is no path form', 'https://dialogs.pro/dialogs/1', {}, 'https://dialogs.pro/dialogs/1'],
    [
      'other parameters and the hash into the base URL, as they are',
      'https://dialogs.pro/?a=b%20c&api[license_id]=1&d&&crm[x]=2#e',
      {licenseId: '1'},
      'https://dialogs.pro/?a=b%20c&d&#e',
    ],
    ['a port and http', 'http://localhost:8001/s/x/?api[license_id]=1', {licenseId: '1'}, 'http://localhost:8001/s/x/'],
    ['unknown parameters as none', '?api[foo]=1&crm[bar][0]=2&x=y&api=z', {}, 'https://dialogs.pro/?x=y'],
    // A phone that is an array is no phone, but a filter is there: without it, all chats would open.
    ['arrays where texts belong as none', '?api[license_id][]=1&crm[phones][0][x]=2', {phones: []}],
    [
      'names in disguise as PHP does, and leaves nothing of them in the base URL',
      '?+api[license_id]=1&%61pi[access_token]=t&%20crm[phones][0]=7',
      {licenseId: '1', accessToken: 't', phones: ['7']},
    ],
    ['nothing', '', {}],
  ];
  for (const [behaviour, url, fields, baseUrl = base] of READ) {
    it(`reads ${behaviour}`, () => expect(parseDialogUrl(url)).to.deep.equal({baseUrl, fields}));
  }

  it('takes a URL object and a text with white space around it', () => {
    expect(parseDialogUrl(new URL(VENDOR.phoneLink))).to.deep.equal(parseDialogUrl(`\n ${VENDOR.phoneLink} `));
  });

  it('gives a base URL that builds the same URL again', () => {
    for (const url of [
      VENDOR.phoneLink,
      'https://dialogs.pro/dialogs/1/telegram/@name',
      'https://x.example/a?b=c&crm[phones][]=7#d',
    ]) {
      const {fields, baseUrl} = parseDialogUrl(url);
      expect(parseDialogUrl(buildDialogUrl(fields, {baseUrl}))).to.deep.equal({fields, baseUrl});
    }
  });

  const BROKEN = ['https://', 'https://[/?api[access_token]=SECRET', 'a.b:999999/?api[access_token]=SECRET'];
  for (const url of BROKEN) {
    it(`refuses, without telling it, what looks like a URL and is none: ${url.slice(0, 12)}`, () => {
      const error = faultOf(() => parseDialogUrl(url));
      expect(error.field).to.equal('url');
      expect(
        `${error.message} ${error.stack} ${JSON.stringify(error)} ${JSON.stringify(Object.values(error))}`,
      ).not.to.contain('SECRET');
    });
  }

  const GARBAGE = [
    'garbage',
    '????',
    '&&&===',
    '%',
    '%E0%A4%A',
    '?%ff=%fe',
    '[[[]]]',
    '\0',
    'mailto:a@b?crm[phones][0]=7',
    'about:blank',
    '#',
    '💥',
  ];
  for (const text of GARBAGE) {
    it(`does not throw for ${JSON.stringify(text)}`, () => expect(parseDialogUrl(text).fields).to.be.an('object'));
  }

  it('pollutes no prototype', () => {
    const {fields} = parseDialogUrl(
      '?__proto__[polluted]=1&api[__proto__]=2&crm[__proto__][polluted]=3&crm[phones][__proto__]=4&constructor[prototype][polluted]=5&api[constructor]=6',
    );
    expect(fields).to.deep.equal({phones: ['4']});
    expect(Object.getPrototypeOf(fields)).to.equal(Object.prototype);
    expect(({} as {polluted?: string}).polluted).to.equal(undefined);
    expect(Object.getPrototypeOf(fields.phones)).to.equal(Array.prototype);
  });

  it('reads 1 MB of garbage and a value of 1 MB', () => {
    // Firefox takes URLs of up to 2 ** 20 characters.
    const garbage = '&=%[]+'.repeat(170_000);
    expect(parseDialogUrl(`?${garbage}&api[license_id]=1`).fields.licenseId).to.equal('1');
    expect(parseDialogUrl(`?api[license_id]=${'x'.repeat(1_000_000)}`).fields.licenseId).to.have.length(1_000_000);
  });
});
