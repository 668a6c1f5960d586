/** The vendor's sandbox list in full, and `allow-downloads`: agents download attachments. */
export const DEFAULT_SANDBOX =
  'allow-downloads allow-forms allow-modals allow-orientation-lock allow-pointer-lock allow-popups allow-popups-to-escape-sandbox allow-presentation allow-same-origin allow-scripts allow-top-navigation allow-top-navigation-by-user-activation';

/** The vendor's permissions, and full screen for attachments. */
export const DEFAULT_ALLOW = 'camera; microphone; clipboard-read; clipboard-write; fullscreen';

/**
 * A permissions policy in which each feature without an allowlist, and `'src'`, mean the Dialog's origin.
 *
 * Derived and not written out, because a policy for another origin than the framed one denies without a word.
 * The browser would not do it for us: the `src` of our frames is not what they show (measured in Chromium 156, Firefox 153,
 * WebKitGTK 2.50).
 * @see https://www.w3.org/TR/permissions-policy/#iframe-allow-attribute
 */
export const allowFor = (policy: string, origin: string): string =>
  policy.replaceAll("'src'", origin).replace(/(^|;)(\s*[\w-]+)\s*(?=;|$)/g, `$1$2 ${origin}`);

/**
 * Whether a frame of the page's own origin could take its sandbox off and read the page, token included.
 * @see https://html.spec.whatwg.org/multipage/iframe-embed-object.html#attr-iframe-sandbox
 */
export const canEscapeSandbox = (sandbox: string): boolean =>
  /allow-scripts/i.test(sandbox) && /allow-same-origin/i.test(sandbox);
