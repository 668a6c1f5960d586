import {ACCOUNT_OWNER, CRM_DOMAIN, EMPLOYEES, EXPIRED_TOKEN, GUEST, VALID_TOKEN} from './sample-data.mjs';

/**
 * @typedef {import('./sample-data.mjs').Employee} Employee
 * @typedef {{state: 'form', guest: Employee}
 *   | {state: 'refused', message: string}
 *   | {state: 'signed-in', employee: Employee}} SignIn
 */

/** In milliseconds. */
const PATIENCE = 5000;

/**
 * Decides on the server, so that the page never sees the token.
 * @param {import('./dialog-request.mjs').DialogRequest} request
 * @param {string} [apiUrl]  of the API that is asked about every token but the two samples; without it no other is known
 * @returns {Promise<SignIn>}
 */
export async function signIn({accessToken, fields}, apiUrl) {
  if (accessToken === undefined) return {state: 'form', guest: GUEST};
  if (accessToken === EXPIRED_TOKEN) {
    return {state: 'refused', message: 'The access token has expired. Pass a live one each time the frame is opened.'};
  }
  if (accessToken !== VALID_TOKEN && !apiUrl) {
    return {
      state: 'refused',
      message: 'The access token is not known. Pass one that the API has given to this account.',
    };
  }
  if (accessToken !== VALID_TOKEN && !(await isAccepted(accessToken, apiUrl))) {
    return {
      state: 'refused',
      message: 'The access token has expired or is not known. Pass a live one each time the frame is opened.',
    };
  }
  // The vendor's page wants both for a specific employee; one alone names nobody.
  const code = fields.employeeExtCode;
  const known = fields.crmDomain === CRM_DOMAIN && code !== undefined && Object.hasOwn(EMPLOYEES, code);
  return {state: 'signed-in', employee: (known && EMPLOYEES[code]) || ACCOUNT_OWNER};
}

/**
 * @param {string} accessToken
 * @param {string} [apiUrl]
 */
async function isAccepted(accessToken, apiUrl) {
  try {
    const response = await fetch(new URL('/v1/tokens/check', apiUrl), {
      headers: {Authorization: accessToken},
      signal: AbortSignal.timeout(PATIENCE),
    });
    await response.arrayBuffer(); // or the connection is not used again
    return response.ok;
  } catch {
    return false; // what can stand in no header is no token
  }
}
