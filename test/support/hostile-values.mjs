// Values that no input means: what a page can set by accident or on purpose, and that throws wherever it is read.

const boom = () => {
  throw new Error('This error is a test. It quotes 79990000000 and SECRET.');
};

/** A thrown value that cannot be asked what it is: `instanceof` throws. */
const boomUnreadably = () => {
  throw revoked({});
};

/**
 * @template {object} T
 * @param {T} target
 * @returns {T}
 */
function revoked(target) {
  const {proxy, revoke} = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

/** A proxy of which every trap throws. */
const throwing = (/** @type {object} */ target) =>
  new Proxy(target, Object.fromEntries(Object.getOwnPropertyNames(Reflect).map((trap) => [trap, boom])));

function cyclicArray() {
  /** @type {unknown[]} */
  const array = ['1'];
  array.push(array);
  return array;
}

/** By name, and made anew for each call. No input of the elements takes one of them, except where a test says so. */
export function hostileValues() {
  return {
    'a symbol': Symbol('SECRET'),
    'a bigint': 79990000000n,
    'a boolean': true,
    NaN: NaN,
    Infinity: Infinity,
    '-1': -1,
    '1e21': 1e21,
    'an object without a prototype': Object.create(null),
    'the groups of a regular expression': /(?<phone>\d+)/.exec('79990000000')?.groups,
    'a plain object': {phone: '79990000000'},
    'a date': new Date(0),
    'an invalid date': new Date(NaN),
    'a map': new Map([['phones', '79990000000']]),
    'a promise': Promise.resolve(['79990000000']),
    'a revoked proxy': revoked({}),
    'a revoked proxy of an array': revoked(['79990000000']),
    'a proxy that throws': throwing({}),
    'a proxy of an array that throws': throwing(['79990000000']),
    'an object whose toString throws': {toString: boom},
    'an object whose valueOf throws': {valueOf: boom, toString: undefined},
    'an object whose Symbol.toPrimitive throws': {[Symbol.toPrimitive]: boom},
    'an object whose toJSON throws': {toJSON: boom},
    'an object that throws what cannot be read': {
      toString: boomUnreadably,
      toJSON: boomUnreadably,
      [Symbol.toPrimitive]: boomUnreadably,
    },
    'an object whose getters throw': Object.defineProperties(
      {},
      Object.fromEntries(['phones', 'length', 'then', '0'].map((name) => [name, {enumerable: true, get: boom}])),
    ),
    'an array whose getter throws': Object.defineProperty(['1'], 0, {get: boom}),
    'an array whose getter throws what cannot be read': Object.defineProperty(['1'], 0, {get: boomUnreadably}),
    'an array whose iterator throws': Object.assign(['1', Symbol('SECRET')], {[Symbol.iterator]: boom}),
    'an array of a symbol': [Symbol('SECRET')],
    'an array of a revoked proxy': [revoked({})],
    'a sparse array': Object.assign([], {1: '79990000000'}),
    'a cyclic array': cyclicArray(),
    'a function': () => '79990000000',
    'a revoked function': revoked(() => {}),
    'a function whose toString throws': Object.assign(() => {}, {toString: boom}),
    'a huge text': '7'.repeat(2_000_000),
    'a lone surrogate': '\ud800',
    'an unfilled template value': '{{ phone }}',
  };
}

/** Texts of attributes, by name. */
export const HOSTILE_TEXTS = {
  'an object as a text': '[object Object]',
  undefined: 'undefined',
  null: 'null',
  'an unfilled template value': '{{ phone }}',
  'half of a list': '["1"',
  'a lone surrogate': '\ud800',
  'a huge text': '7'.repeat(2_000_000),
};
