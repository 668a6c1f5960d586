export const ERROR_CODES = ['credentials', 'login-budget', 'unreachable', 'bad-response', 'timeout', 'store'] as const;
/** What went wrong; docs/server.md has a table. */
export type AccessTokenErrorCode = (typeof ERROR_CODES)[number];

/**
 * Why there is no access token. It holds no secrets, in no property, so you can log it.
 */
export class AccessTokenError extends Error {
  /** The source does not ask ChatApp again before this time. If `undefined`, the next `get()` asks at once. */
  readonly retryAt: Date | undefined;

  constructor(
    readonly code: AccessTokenErrorCode,
    message: string,
    retryAt?: Date,
  ) {
    super(message);
    this.retryAt = retryAt;
  }

  override get name(): string {
    return 'AccessTokenError';
  }
}

/**
 * The system's name of a failure for a message (` (ECONNREFUSED)`), or nothing. An error's own message is never passed on:
 * fetch may quote the request in it, and a store's client the command, and with them the secrets.
 */
export const systemCode = (error: unknown): string => {
  try {
    const {code, cause} = error as {code?: unknown; cause?: {code?: unknown}};
    const name = code ?? cause?.code;
    return typeof name === 'string' && /^[A-Z_]{2,40}$/.test(name) ? ` (${name})` : '';
  } catch {
    return ''; // not an object, or a getter threw
  }
};
