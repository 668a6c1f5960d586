import {expect} from '@open-wc/testing';
import {DialogFieldError, FIELD_ENTRIES, fieldParameters, FIELDS, toAttribute} from '../../src/url/fields.js';
import type {DialogFields} from '../../src/url/index.js';
import {parseList, toList} from '../../src/url/lists.js';
import {FULL_FIELDS, TOKEN} from '../support/harness.js';

const faultOf = (fields: object): DialogFieldError => {
  try {
    fieldParameters(fields as DialogFields);
  } catch (error) {
    expect(error).to.be.instanceOf(DialogFieldError).and.instanceOf(TypeError);
    return error as DialogFieldError;
  }
  throw new Error('accepted');
};
const phone = (value: string | number) => fieldParameters({phones: [value]})[0]![1];

describe('the table of fields', () => {
  it('is covered by the sample, which emits every field in the vendor’s order', () => {
    expect(Object.keys(FIELDS)).to.have.members(Object.keys(FULL_FIELDS));
    expect([...new Set(fieldParameters(FULL_FIELDS).map(([name]) => name.replace(/\[\d+\]$/, '')))]).to.deep.equal([
      'api[access_token]',
      'api[license_id]',
      'api[messenger_type]',
      'api[crm_domain]',
      'api[employee_ext_code]',
      'crm[phones]',
      'crm[dialogIds]',
    ]);
  });

  it('emits nothing for nothing: undefined, null, empty text, empty list', () => {
    for (const nothing of [undefined, null]) {
      expect(fieldParameters(Object.fromEntries(FIELD_ENTRIES.map(([name]) => [name, nothing])))).to.deep.equal([]);
    }
    expect(fieldParameters({licenseId: '', accessToken: '', phones: [], dialogIds: []})).to.deep.equal([]);
  });

  it('names attributes and parameters as the vendor’s page and HTML do', () => {
    expect(FIELD_ENTRIES.map(([name]) => toAttribute(name))).to.deep.equal([
      'access-token',
      'license-id',
      'messenger-type',
      'crm-domain',
      'employee-ext-code',
      'phones',
      'dialog-ids',
    ]);
    const parameters = new Map(FIELD_ENTRIES.map(([name, , parameter]) => [name, parameter]));
    expect(parameters.get('employeeExtCode')).to.equal('api[employee_ext_code]');
    expect(parameters.get('dialogIds')).to.equal('crm[dialogIds]');
  });
});

describe('phones', () => {
  const CLEANED: [string, string | number, string][] = [
    ['plain digits', '79991234567', '79991234567'],
    ['a number', 79991234567, '79991234567'],
    ['the last 10 digits, which stay 10', '9991234567', '9991234567'],
    ['a leading 8, which stays', '8 999 123-45-67', '89991234567'],
    ['leading zeros', '0049 30 123', '004930123'],
    ['+, spaces, brackets and dashes', '+7 (999) 123-45-67', '79991234567'],
    ['dots', '7.999.123.45.67', '79991234567'],
    ['a dot before the last digit of a number too short for a float', '99912345.0', '999123450'],
    ['no-break and thin spaces', '+7\u00a0999\u2009123\u202f45\u300067', '79991234567'],
    [
      'en dash, hyphen, non-breaking hyphen, minus, full-width dash',
      '7\u2013999\u2010123\u201145\u221267\uff0d8',
      '799912345678',
    ],
    ['direction marks and zero-width characters', '\u200e\u202a+7\u2066999\u2069\u200b\ufeff1\u202c', '79991'],
    ['full-width digits', '７９９９', '7999'],
    ['Arabic-Indic digits', '٧٩٩٩١', '79991'],
    ['mathematical digits beyond the BMP', '\u{1d7d5}\u{1d7e1}\u{1d7eb}\u{1d7f5}\u{1d7ff}', '79999'],
  ];
  for (const [behaviour, given, cleaned] of CLEANED) {
    it(`are cleaned: ${behaviour}`, () => expect(phone(given)).to.equal(cleaned));
  }

  it('know the digits of every script that the engine can write', () => {
    const systems = Intl.supportedValuesOf('numberingSystem').filter((system) =>
      /^\p{Nd}{10}$/u.test(
        new Intl.NumberFormat('en', {numberingSystem: system, useGrouping: false}).format(9876543210),
      ),
    );
    expect(systems.length).to.be.above(50);
    for (const system of systems) {
      const text = new Intl.NumberFormat('en', {numberingSystem: system, useGrouping: false}).format(9876543210);
      expect(phone(text), system).to.equal('9876543210');
    }
  });

  const REFUSED: [string, unknown][] = [
    ['letters', '7999CALLME'],
    ['an extension', '79991234567 ext. 5'],
    ['two pluses', '++7999'],
    ['a plus inside', '7+999'],
    ['nothing after cleaning', ' +() -'],
    ['an empty text', ''],
    ['a blank text', ' '],
    ['a missing value with white space', 'undefined '],
    ['superscript digits, which are none', '7999²'],
    ['a number that a spreadsheet made a float', '79991234567.0'],
    ['a short number that a spreadsheet made a float', '999123456.0'],
    ['a chat id', '79991234567@c.us'],
    ['null', null],
    ['undefined', undefined],
    ['an object', {}],
    ['a boolean', true],
    ['an object without a text', Object.create(null)],
    ['a symbol', Symbol('s')],
    ['an unsafe integer', 2 ** 53],
    ['a fraction', 7.5],
    ['NaN', NaN],
    ['a lone surrogate', '7999\ud800'],
  ];
  for (const [behaviour, given] of REFUSED) {
    it(`are refused with field and position: ${behaviour}`, () => {
      const error = faultOf({phones: ['79991234567', given]});
      expect(error).to.include({field: 'phones', index: 1});
      expect(error.message).to.match(/^phones\[1\]: /);
    });
  }

  it('are refused with more than 15 digits, which are two phones parted by a space', () => {
    expect(phone('+7 999 123-45-67 8901')).to.equal('799912345678901');
    for (const value of ['79991234567 79990000000', '7999123456789012', 7999123456789012]) {
      expect(faultOf({phones: [value]}).message).to.equal(
        'phones[0]: the phone has more than 15 digits. Separate phones by commas, semicolons or line breaks.',
      );
    }
  });

  it('refuse the holes of a sparse list', () => {
    // oxlint-disable-next-line no-sparse-arrays
    expect(faultOf({phones: ['7', , '8']})).to.include({field: 'phones', index: 1});
  });
});

describe('other fields', () => {
  it('pass odd but encodable texts: the vendor decides', () => {
    expect(
      fieldParameters({licenseId: 'abc def', messengerType: '💬', dialogIds: ['@username', 'a@b.example', '-100', 42]}),
    ).to.deep.equal([
      ['api[license_id]', 'abc def'],
      ['api[messenger_type]', '💬'],
      ['crm[dialogIds][0]', '@username'],
      ['crm[dialogIds][1]', 'a@b.example'],
      ['crm[dialogIds][2]', '-100'],
      ['crm[dialogIds][3]', '42'],
    ]);
  });

  it('refuse the source of a function, which a template made of a callback', () => {
    for (const source of ['()=>x', 'async () => token', 'function () {}']) {
      expect(faultOf({messengerType: source})).to.include({field: 'messengerType'});
    }
  });

  it('refuse what is no list where a list belongs', () => {
    for (const phones of ['7999', 7999, {0: '7999'}, true])
      expect(faultOf({phones})).to.include({field: 'phones', index: undefined});
  });

  it('refuse a lone surrogate and an unsafe integer', () => {
    for (const name of Object.keys(FIELDS).filter((field) => !['phones', 'dialogIds'].includes(field))) {
      for (const value of ['a\udc00', 2 ** 53, {}, []]) expect(faultOf({[name]: value})).to.include({field: name});
    }
  });

  it('refuse a name that is no field, for a misspelt filter would open all chats', () => {
    for (const name of ['phone', 'license_id', 'toString', 'constructor'])
      expect(faultOf({[name]: '7999'})).to.include({field: name});
    expect(faultOf(JSON.parse('{"__proto__": 1}') as object)).to.include({field: '__proto__'});
  });

  it('refuse a symbol as a name', () => {
    expect(faultOf({[Symbol('phones')]: [1]}).message).to.equal('Symbol(phones): Symbol(phones) is no field.');
  });

  it('refuse an object that inherits its fields', () => {
    const base = Object.assign(Object.create(null) as object, {phones: ['7999']});
    for (const fields of [Object.create(base), Object.create({phones: ['7999']}), null, 'phones'] as object[]) {
      expect(faultOf(fields).message).to.equal('fields: pass a plain object.');
    }
  });

  it('never tell the value in an error', () => {
    for (const fields of [
      {accessToken: `${TOKEN}\ud800`},
      {phones: ['7999CALLME']},
      {phones: 'SECRET'},
      {dialogIds: ['SECRET\ud800']},
    ]) {
      const error = faultOf(fields);
      const told = `${error.message} ${error.stack} ${JSON.stringify(error)} ${JSON.stringify(Object.values(error))}`;
      expect(told).not.to.match(/SECRET|CALLME|2y/);
    }
  });
});

describe('parseList', () => {
  const LISTS: [string, string, unknown][] = [
    ['commas, semicolons and new lines part items', 'a, b;c\nd\r\ne', ['a', 'b', 'c', 'd', 'e']],
    ['empty items are none', ' ,a,, ;', ['a']],
    ['nothing is an empty list', '', []],
    ['a JSON array', ' ["a, b", "c"]', ['a, b', 'c']],
    ['numbers in JSON keep all their digits', '[12345678901234567890, -1, "5"]', ['12345678901234567890', '-1', '5']],
    ['a float in JSON is the integer that it means', '[79991234567.0]', [79991234567]],
    ['digits and quotes inside JSON texts stay', String.raw`["a 1 \" 2", "\\"]`, ['a 1 " 2', '\\']],
    ['an empty JSON array', '[]', []],
    ['what only starts like JSON stays a text, to be refused', '[1, 2', '[1, 2'],
    ['a stray bracket too', '["a]', '["a]'],
  ];
  for (const [behaviour, text, list] of LISTS) {
    it(behaviour, () => expect(parseList(text)).to.deep.equal(list));
  }

  it('gives each caller an array of its own', () => {
    for (const text of ['1,2', '["1","2"]']) {
      (parseList(text) as string[]).push('3');
      expect(toList(text)).to.deep.equal(['1', '2']);
    }
  });

  // At quadratic time, each of these takes minutes.
  for (const text of ['[' + '\\"'.repeat(500_000), '["' + '\\'.repeat(999_999), '[' + '-'.repeat(1_000_000)]) {
    it(`reads a million characters at once: ${text.slice(0, 6)}…`, () => expect(parseList(text)).to.equal(text));
  }
});
