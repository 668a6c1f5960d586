// Reads the address of ChatApp Dialog as its page documents it. On purpose with `qs` and not with the package's own
// parser: what the builder writes is checked here by somebody else's code.
import qs from 'qs';
import {readChatPath} from './app/routes.js';

/**
 * @typedef {{
 *   licenseId: string | undefined, messengerType: string | undefined,
 *   crmDomain: string | undefined, employeeExtCode: string | undefined,
 *   phones: string[], dialogIds: string[],
 * }} RequestFields  What the page may know: no token.
 * @typedef {{accessToken: string | undefined, fields: RequestFields}} DialogRequest
 */

// A CRM may pass hundreds of phones; by default qs turns long arrays into objects and cuts the query at 1,000 pairs.
const LIMITS = {arrayLimit: 10_000, parameterLimit: 20_000};

/**
 * @param {string} url  path and query, as in the request line
 * @returns {DialogRequest}
 */
export function readDialogRequest(url) {
  const queryAt = url.indexOf('?');
  const path = queryAt < 0 ? url : url.slice(0, queryAt);
  const query = queryAt < 0 ? '' : url.slice(queryAt + 1);
  const parsed = qs.parse(query, {...LIMITS, plainObjects: true});
  const api = group(parsed.api);
  const crm = group(parsed.crm);
  /** @type {RequestFields} */
  const fields = {
    licenseId: text(api.license_id),
    messengerType: text(api.messenger_type),
    crmDomain: text(api.crm_domain),
    employeeExtCode: text(api.employee_ext_code),
    phones: list(crm.phones),
    dialogIds: list(crm.dialogIds),
  };
  const inPath = readChatPath(path);
  // The path names one chat; the query's filters would only blur it.
  if (inPath)
    Object.assign(fields, {
      licenseId: inPath.licenseId,
      messengerType: inPath.messengerType,
      dialogIds: [inPath.id],
      phones: [],
    });
  return {accessToken: text(api.access_token), fields};
}

/**
 * @param {unknown} value
 * @returns {Record<string, unknown>}
 */
function group(value) {
  return value !== null && typeof value === 'object' ? /** @type {Record<string, unknown>} */ (value) : {};
}

/** @param {unknown} value */
function text(value) {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * @param {unknown} value  an array, an object where the indices have gaps, or a single value
 * @returns {string[]}
 */
function list(value) {
  const values = value !== null && typeof value === 'object' ? Object.values(value) : [value];
  return values.filter((one) => typeof one === 'string' && one !== '');
}
