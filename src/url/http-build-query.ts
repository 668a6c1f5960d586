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
      const scalar = typeof value === 'boolean' ? +value : value;
      if ((typeof scalar !== 'bigint' && !isText(scalar)) || !isText(key)) {
        throw new TypeError(
          'httpBuildQuery: pass texts without lone surrogates, safe integers, booleans, null, arrays and objects.',
        );
      }
      pairs.push([key, String(scalar)]);
    }
  };
  for (const [name, item] of Object.entries(data)) walk(item, name);
  return encodeQuery(pairs);
}

/**
 * Names and values as a query in PHP's encoding (application/x-www-form-urlencoded, with `*` encoded too).
 * @see https://url.spec.whatwg.org/#concept-urlencoded-serializer
 */
export const encodeQuery = (pairs: string[][]): string => `${new URLSearchParams(pairs)}`.replaceAll('*', '%2A');

/** Whether a value is a text that has bytes in UTF-8 (half of a surrogate pair has none), or a safe integer. */
export const isText = (value: unknown): boolean =>
  (typeof value === 'string' && !/\p{Surrogate}/u.test(value)) || Number.isSafeInteger(value);
