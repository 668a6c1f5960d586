// The errors in docs/reference.md. The codes must be those of src/dialog-error.ts.

/** @type {Record<string, {cause: string, remedy: string, canRetry: boolean}>} */
export const ERRORS = {
  'invalid-field': {
    cause:
      'A field cannot be used. Examples: a phone with letters, without a digit or with more than 15 digits; a JSON array with a mistake; a misspelt attribute such as `phone`; a value that a template bound wrongly, such as the text `undefined`; an unknown name in `fields`; lists that make the URL longer than 1 MB; an `access-token-url` of another origin',
    remedy: 'Correct what `error.field` names. If a customer has no usable phone, set `phones=""`',
    canRetry: false,
  },
  'invalid-base-url': {
    cause:
      '`base-url` is not an absolute `https:` URL (`http:` on localhost), or it holds a user name, a password, `api[…]` or `crm[…]` parameters, or a chat',
    remedy: 'Correct `base-url`',
    canRetry: false,
  },
  'same-origin': {
    cause: "`base-url` is on your page's own origin. Such a frame could remove its sandbox and read the page",
    remedy: 'Use another origin, or a `sandbox` without `allow-same-origin`',
    canRetry: false,
  },
  'access-token': {
    cause: '`access-token-url` or `getAccessToken` gave no token. The message says why',
    remedy:
      'Look at `error.status` and at the log of your server. In `getAccessToken`, answer `null` to open without a token on purpose',
    canRetry: true,
  },
  'blocked-by-csp': {
    cause: "Your page's Content-Security-Policy forbids the frame",
    remedy: 'Add the directive that the message names',
    canRetry: false,
  },
  'blocked-by-coep': {
    cause: "Your page's Cross-Origin-Embedder-Policy blocks the frame (known only in Chromium)",
    remedy: 'Remove that header from the page',
    canRetry: false,
  },
  unreachable: {
    cause: 'Nobody answers at `base-url` (known only with `probe`), or the browser is offline',
    remedy: 'Correct `base-url`, or wait. When the browser is online again, the element tries once automatically',
    canRetry: true,
  },
  timeout: {
    cause: 'The load has not ended within `load-timeout`. The frame stays, and a late load clears the error',
    remedy: 'Nothing, or "Try again"',
    canRetry: true,
  },
  'frame-removed': {
    cause: 'Something outside the element removed its frame, for example an ad blocker or a script',
    remedy: 'Find what removes it. "Try again" opens a new frame',
    canRetry: true,
  },
  internal: {
    cause: 'An unexpected exception, for example from a getter of your page',
    remedy: 'Check the values that your page sets',
    canRetry: true,
  },
};
