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
 *   a number that is no safe integer, a function, a symbol.
 * @see https://www.php.net/manual/en/function.http-build-query.php
 */
export function httpBuildQuery(data: readonly QueryData[] | {readonly [key: string]: QueryData}): string {
  const pairs: [string, string][] = [];
  const walk = (value: QueryData, key: string): void => {
    if (value == null) return;
    if (typeof value === 'object') {
      for (const [name, item] of Object.entries(value)) walk(item, `${key}[${name}]`);
    } else {
      if (hasLoneSurrogate(key)) throw new TypeError('httpBuildQuery: a key has a lone surrogate.');
      pairs.push([key, toScalar(value)]);
    }
  };
  for (const [name, item] of Object.entries(data)) walk(item, name);
  return encodeQuery(pairs);
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
