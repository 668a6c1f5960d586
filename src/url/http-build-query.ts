/**
 * What `httpBuildQuery` encodes: text, numbers, booleans, and arrays and objects of them.
 * `null` and `undefined` stand for PHP's `null`.
 */
export type QueryData = string | number | bigint | boolean | null | undefined | readonly QueryData[] | {readonly [key: string]: QueryData};

/**
 * PHP's `http_build_query($data)`, byte for byte: nested keys in brackets, spaces as `+`, `true` as 1,
 * `false` as 0, `''` kept, `null` and empty arrays left out.
 *
 * JavaScript has one number type: a safe integer is written like a PHP int, any other number like a PHP float
 * at PHP's default `precision` of 14.
 * JavaScript moves integer-like keys of an object to its front; where order matters there, use an array.
 *
 * @throws TypeError for a lone surrogate (PHP's strings are bytes, there is none) and for a function or symbol in the data.
 * @see https://www.php.net/manual/en/function.http-build-query.php
 */
export function httpBuildQuery(data: readonly QueryData[] | {readonly [key: string]: QueryData}): string {
  const pairs: [string, string][] = [];
  const walk = (value: QueryData, key: string): void => {
    if (value == null) return;
    if (typeof value === 'object') {
      for (const [name, item] of Object.entries(value)) walk(item, `${key}[${name}]`);
    } else if (typeof value === 'function' || typeof value === 'symbol') {
      throw new TypeError('httpBuildQuery: a function or a symbol cannot be encoded.');
    } else {
      pairs.push([key, typeof value === 'number' ? phpNumber(value) : String(typeof value === 'boolean' ? +value : value)]);
    }
  };
  for (const [name, item] of Object.entries(data)) walk(item, name);
  if (pairs.some((pair) => LONE_SURROGATE.test(pair.join()))) throw new TypeError('httpBuildQuery: text holds a lone surrogate.');
  return encodeQuery(pairs);
}

/**
 * Names and values as a query in PHP's encoding (application/x-www-form-urlencoded, with `*` encoded too).
 * @see https://url.spec.whatwg.org/#concept-urlencoded-serializer
 */
export const encodeQuery = (pairs: string[][]): string => `${new URLSearchParams(pairs)}`.replaceAll('*', '%2A');

/** Half of a surrogate pair, for which UTF-8 has no bytes. */
export const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * PHP writes a float with `precision` digits, by default 14: with an exponent, and always a fraction before it,
 * where the magnitude is under 1e-4 or has more digits than that before the point.
 */
function phpNumber(value: number): string {
  if (Number.isSafeInteger(value)) return String(value);
  const rounded = Number(value.toPrecision(14));
  const size = Math.abs(rounded);
  if (size >= 1e-4 && size < 1e14) return String(rounded);
  return value
    .toExponential(13)
    .replace(/\.?0+e/, 'e')
    .replace(/^(-?\d)e/, '$1.0e')
    .replace('inity', '')
    .toUpperCase();
}
