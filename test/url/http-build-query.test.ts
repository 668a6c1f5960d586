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
});
