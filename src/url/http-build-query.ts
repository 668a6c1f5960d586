/**
 * What `httpBuildQuery` encodes: texts, safe integers, booleans, and arrays and objects of them.
 * `null` and `undefined` stand for PHP's `null`.
 */
export type QueryData =
  string | number | bigint | boolean | null | undefined | readonly QueryData[] | {readonly [key: string]: QueryData};

/**
 * PHP's `http_build_query($data)`, byte for byte: nested keys in brackets, spaces as `+`, `true` as 1,
 * `false` as 0, `''` kept, `null` and empty arrays left out.
 *
 * Numbers must be safe integers: how PHP writes a float depends on its settings. Pass others as texts.
 * JavaScript moves integer-like keys of an object to its front; where order matters there, use an array.
 *
 * @throws TypeError for a lone surrogate (PHP's strings are bytes, there is none) and for what else cannot be encoded:
 *   a number that is no safe integer, a function, a symbol, an object that keeps its content elsewhere than in
 *   properties (`Date`, `Map`, `Promise`, `URL`, `RegExp`), an object that contains itself.
 * @see https://www.php.net/manual/en/function.http-build-query.php
 */
export function httpBuildQuery(data: readonly QueryData[] | {readonly [key: string]: QueryData}): string {
  const pairs: [string, string][] = [];
  const ancestors = new Set<object>();
  const walk = (value: object, toKey: (name: string) => string): void => {
    if (ancestors.has(value)) throw new TypeError('httpBuildQuery: an object contains itself.');
    if (ancestors.size === DEEPEST) throw new TypeError(`httpBuildQuery: more than ${DEEPEST} levels.`);
    ancestors.add(value);
    for (const [name, item] of entriesOf(value)) {
      const key = toKey(name);
      if (item == null) continue;
      if (typeof item === 'object') {
        walk(item, (inner) => `${key}[${inner}]`);
      } else {
        if (hasLoneSurrogate(key)) throw new TypeError('httpBuildQuery: a key has a lone surrogate.');
        pairs.push([key, toScalar(item)]);
      }
    }
    ancestors.delete(value);
  };
  walk(data, (name) => name);
  return encodeQuery(pairs);
}

/** PHP's own limit for reading, max_input_nesting_level, is 64. Without a limit, the engine's stack would end the walk. */
const DEEPEST = 500;

/** The properties of an array or of an object that keeps its content in them. */
function entriesOf(value: object): [string, QueryData][] {
  const type = Object.prototype.toString.call(value).slice('[object '.length, -1);
  const entries = Object.entries(value) as [string, QueryData][];
  // A class may keep its content in private fields or getters. It has no properties then, and would be dropped.
  const isReadable = Array.isArray(value) || (type === 'Object' && (entries.length > 0 || isPlain(value)));
  if (isReadable) return entries;
  const name = type === 'Object' ? 'class instance without properties' : type;
  throw new TypeError(
    `httpBuildQuery: a value of type ${name} cannot be encoded. Pass a string, an array or an object.`,
  );
}

/** Whether a value is an object of own properties alone: what others hold elsewhere would be overlooked. */
export function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Object.prototype, also that of another frame. An object without a prototype can be one too, and hold values.
  return !prototype || (!Object.getPrototypeOf(prototype) && Object.hasOwn(prototype, 'isPrototypeOf'));
}

/** A scalar as PHP writes it. */
function toScalar(value: string | number | bigint | boolean): string {
  switch (typeof value) {
    case 'string':
      if (hasLoneSurrogate(value)) throw new TypeError('httpBuildQuery: a string has a lone surrogate.');
      return value;
    case 'number':
      if (!Number.isSafeInteger(value)) {
        throw new TypeError('httpBuildQuery: a number is not a safe integer. Pass it as a string.');
      }
      return String(value);
    case 'bigint':
      return String(value);
    case 'boolean':
      return value ? '1' : '0';
    default:
      throw new TypeError(`httpBuildQuery: a ${typeof value} cannot be encoded.`);
  }
}

/**
 * Names and values as a query in PHP's encoding (application/x-www-form-urlencoded, with `*` encoded too).
 * @see https://url.spec.whatwg.org/#concept-urlencoded-serializer
 */
export const encodeQuery = (pairs: string[][]): string => new URLSearchParams(pairs).toString().replaceAll('*', '%2A');

/** Whether a string contains half of a surrogate pair. UTF-8 has no bytes for it, so PHP cannot have such a string. */
export const hasLoneSurrogate = (text: string): boolean => /\p{Surrogate}/u.test(text);
