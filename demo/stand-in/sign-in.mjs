import {ACCOUNT_OWNER, CRM_DOMAIN, EMPLOYEES, EXPIRED_TOKEN, GUEST, VALID_TOKEN} from './sample-data.mjs';

/**
 * @typedef {import('./sample-data.mjs').Employee} Employee
 * @typedef {{state: 'form', guest: Employee}
 *   | {state: 'refused', message: string}
 *   | {state: 'signed-in', employee: Employee}} SignIn
 */

/**
 * Decides on the server, so that the page never sees the token.
 * @param {import('./dialog-request.mjs').DialogRequest} request
 * @returns {SignIn}
 */
export function signIn({accessToken, fields}) {
  if (accessToken === undefined) return {state: 'form', guest: GUEST};
  if (accessToken === EXPIRED_TOKEN) {
    return {state: 'refused', message: 'The access token has expired. Pass a live one each time the frame is opened.'};
  }
  if (accessToken !== VALID_TOKEN) {
    return {state: 'refused', message: 'The access token is not known. Pass one that the API has given to this account.'};
  }
  // The vendor's page wants both for a specific employee; one alone names nobody.
  const code = fields.employeeExtCode;
  const known = fields.crmDomain === CRM_DOMAIN && code !== undefined && Object.hasOwn(EMPLOYEES, code);
  return {state: 'signed-in', employee: (known && EMPLOYEES[code]) || ACCOUNT_OWNER};
}
