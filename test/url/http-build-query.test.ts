import {expect} from '@open-wc/testing';
import {httpBuildQuery, type QueryData} from '../../src/url/index.js';

// Expected values are what PHP 8.2 prints; test/php compares with a running PHP.
const CASES: [string, Parameters<typeof httpBuildQuery>[0], string][] = [
  ['nests keys in brackets', {a: {b: {c: 'd'}}}, 'a%5Bb%5D%5Bc%5D=d'],
  ['numbers lists', {a: ['x', 'y']}, 'a%5B0%5D=x&a%5B1%5D=y'],
  ['takes a list at the top', ['x', 'y'], '0=x&1=y'],
  ['keeps the order of keys', {z: 1, a: 2}, 'z=1&a=2'],
  ['writes spaces as +', {a: 'b c'}, 'a=b+c'],
  ["encodes what RFC 1738 does not leave, also ~ * ( ) ' !", {a: "~*()'!"}, 'a=%7E%2A%28%29%27%21'],
  ['leaves - _ .', {a: '-_.'}, 'a=-_.'],
  ['encodes UTF-8 beyond the BMP', {a: '😀'}, 'a=%F0%9F%98%80'],
  ['encodes keys', {'a b': {'c&': 1}}, 'a+b%5Bc%26%5D=1'],
  ['writes booleans as 1 and 0', {a: true, b: false}, 'a=1&b=0'],
  ['leaves null and undefined out', {a: null, b: undefined, c: 1}, 'c=1'],
  ['leaves empty arrays and objects out', {a: [], b: {}, c: 1}, 'c=1'],
  ['keeps empty texts', {a: ''}, 'a='],
  ['keeps an empty key', {'': 'x', a: {'': 'y'}}, '=x&a%5B%5D=y'],
  ['writes safe integers in full', {a: 9007199254740991, b: 1e15}, 'a=9007199254740991&b=1000000000000000'],
  ['writes bigints in full', {a: 123456789012345678901234567890n}, 'a=123456789012345678901234567890'],
  ['gives nothing for nothing', {}, ''],
];

describe('httpBuildQuery', () => {
  for (const [behaviour, data, query] of CASES) {
    it(behaviour, () => expect(httpBuildQuery(data)).to.equal(query));
  }

  it('refuses a lone surrogate, which has no bytes in UTF-8', () => {
    expect(() => httpBuildQuery({a: '\ud800'})).to.throw(TypeError, 'lone surrogate');
    expect(() => httpBuildQuery({'\udc00': 'a'})).to.throw(TypeError, 'lone surrogate');
  });

  const REFUSED: [unknown, string][] = [
    [1.5, 'not a safe integer'],
    [2 ** 53, 'not a safe integer'],
    [Infinity, 'not a safe integer'],
    [NaN, 'not a safe integer'],
    [() => 1, 'a function cannot be encoded'],
    [Symbol('s'), 'a symbol cannot be encoded'],
  ];
  for (const [value, problem] of REFUSED) {
    it(`refuses ${String(value)}`, () =>
      expect(() => httpBuildQuery({a: value as QueryData})).to.throw(TypeError, problem));
  }

  class Hidden {
    readonly #content = 1;
    get content(): number {
      return this.#content;
    }
  }
  const OPAQUE: [unknown, string][] = [
    [new Date(0), 'Date'],
    [new Map([['a', 1]]), 'Map'],
    [new Set([1]), 'Set'],
    [Promise.resolve(1), 'Promise'],
    [new URL('https://crm.example'), 'URL'],
    [new URLSearchParams('a=1'), 'URLSearchParams'],
    [/a/, 'RegExp'],
    [new Hidden(), 'class instance without properties'],
  ];
  for (const [value, name] of OPAQUE) {
    it(`refuses a ${name}, whose content would be dropped`, () => {
      const message = `a value of type ${name} cannot be encoded`;
      expect(() => httpBuildQuery({a: {b: value as QueryData}})).to.throw(TypeError, message);
      expect(() => httpBuildQuery(value as QueryData[])).to.throw(TypeError, message);
    });
  }

  it('encodes the properties of a class instance, as PHP does', () => {
    class Filter {
      phone = '7999';
    }
    expect(httpBuildQuery({a: new Filter() as unknown as QueryData})).to.equal('a%5Bphone%5D=7999');
  });

  it('refuses an object that contains itself', () => {
    const list: QueryData[] = [];
    list.push({list});
    expect(() => httpBuildQuery({list})).to.throw(TypeError, 'an object contains itself');
  });

  it('takes one object twice', () => {
    const phones = ['7999'];
    expect(httpBuildQuery({a: phones, b: phones})).to.equal('a%5B0%5D=7999&b%5B0%5D=7999');
  });

  it('refuses thousands of levels', () => {
    let data: QueryData = 'x';
    for (let level = 0; level < 20_000; level++) data = [data];
    expect(() => httpBuildQuery([data])).to.throw(TypeError, 'more than 500 levels');
  });
});
