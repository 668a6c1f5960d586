/**
 * The vendor's sandbox list, `allow-downloads` for attachments, and `allow-storage-access-by-user-activation`: where
 * browsers partition the storage of other sites, the Dialog can ask for its own login cookie only with it.
 */
export const DEFAULT_SANDBOX =
  'allow-downloads allow-forms allow-modals allow-orientation-lock allow-pointer-lock allow-popups allow-popups-to-escape-sandbox allow-presentation allow-same-origin allow-scripts allow-storage-access-by-user-activation allow-top-navigation allow-top-navigation-by-user-activation';

/** The vendor's permissions, full screen for attachments, and autoplay: without it, new messages have no sound. */
export const DEFAULT_ALLOW = 'camera; microphone; clipboard-read; clipboard-write; fullscreen; autoplay';

/**
 * A permissions policy for our frames, in which a bare feature means the Dialog's origin.
 *
 * The page's origin is added to each list. Otherwise the frame's initial about:blank, which has that origin, violates the
 * policy, and Chromium reports it for each feature (measured in Chromium 156). The Dialog's permissions stay the same.
 * @see https://www.w3.org/TR/permissions-policy/#iframe-allow-attribute
 */
export const allowFor = (policy: string, origin: string): string =>
  policy
    .split(';')
    .map((directive) => directive.trim().split(/\s+/))
    .filter(([feature]) => feature)
    .map(([feature, ...allowlist]) => [feature, ...allowlistFor(allowlist, origin)].join(' '))
    .join('; ');

function allowlistFor(allowlist: string[], origin: string): string[] {
  // Our frames have no `src`, so 'src' would mean nothing.
  const origins = allowlist.length > 0 ? allowlist.map((each) => (each === "'src'" ? origin : each)) : [origin];
  const isComplete = ['*', "'none'", "'self'"].some((keyword) => origins.includes(keyword));
  return isComplete ? origins : ["'self'", ...origins];
}

/**
 * Whether a frame of the page's own origin could take its sandbox off and read the page, token included.
 * @see https://html.spec.whatwg.org/multipage/iframe-embed-object.html#attr-iframe-sandbox
 */
export const canEscapeSandbox = (sandbox: string): boolean =>
  /allow-scripts/i.test(sandbox) && /allow-same-origin/i.test(sandbox);
