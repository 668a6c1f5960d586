// The records in the store, as JSON. Each one holds its end, in the API's time.
import type {AccessTokenErrorCode} from './access-token-error.js';

/** All times are milliseconds since 1970. */
export interface AccessRecord {
  /** Empty if the token was invalidated. */
  accessToken: string;
  since: number;
  end: number;
}

export interface RefreshRecord {
  refreshToken: string;
  end: number;
}

/** No request to the API before `until`. */
export interface HoldRecord {
  since: number;
  until: number;
  /** How many requests in a row failed. */
  failures: number;
  code: AccessTokenErrorCode;
  message: string;
}

interface Records {
  access: AccessRecord;
  refresh: RefreshRecord;
  hold: HoldRecord;
}

/** The fields of each record. */
const TYPES: {[Name in keyof Records]: {[Field in keyof Records[Name]]: 'string' | 'number'}} = {
  access: {accessToken: 'string', since: 'number', end: 'number'},
  refresh: {refreshToken: 'string', end: 'number'},
  hold: {since: 'number', until: 'number', failures: 'number', code: 'string', message: 'string'},
};

/** `undefined` if the text is not such a record. */
export const parseRecord = <Name extends keyof Records>(
  name: Name,
  text: string | undefined,
): Records[Name] | undefined => {
  try {
    const value = JSON.parse(text ?? 'null');
    return value !== null && Object.entries(TYPES[name]).every(([field, type]) => typeof value[field] === type)
      ? value
      : undefined;
  } catch {
    return undefined;
  }
};
