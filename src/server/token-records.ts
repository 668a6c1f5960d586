// The records in the store, as JSON. Each one holds its end, in the API's time.
import {type AccessTokenErrorCode, ERROR_CODES} from './access-token-error.js';
import {isToken} from './tokens-api.js';

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

type Check = (value: unknown) => boolean;
const isText: Check = (value) => typeof value === 'string';
const isCode: Check = (value) => ERROR_CODES.some((code) => code === value);
const isNumber: Check = Number.isFinite; // not 1e999, which JSON.parse() makes Infinity

/** The fields of each record. */
const FIELDS: {[Name in keyof Records]: {[Field in keyof Records[Name]]: Check}} = {
  access: {accessToken: isText, since: isNumber, end: isNumber},
  refresh: {refreshToken: isToken, end: isNumber},
  hold: {since: isNumber, until: isNumber, failures: isNumber, code: isCode, message: isText},
};

/** `undefined` if the text is not such a record. */
export const parseRecord = <Name extends keyof Records>(
  name: Name,
  text: string | undefined,
): Records[Name] | undefined => {
  try {
    const value = JSON.parse(text ?? 'null');
    return value !== null && Object.entries<Check>(FIELDS[name]).every(([field, isValid]) => isValid(value[field]))
      ? value
      : undefined;
  } catch {
    return undefined;
  }
};
