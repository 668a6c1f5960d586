// Who may sign in to the stand-in: the only place where these values are written.
// The demo's pages import them, and the stand-in's server and the tests by way of sample-data.mjs.
// Nothing here opens anything at ChatApp: the tokens only have the look of real ones.

/** A token that the stand-in accepts. `/`, `.` and `$` are in it because real ones have them. */
export const VALID_TOKEN = '$2y$10$Va1id.Samp1e/Token.NCWkbNONufj/lEI3QNdSGJJarGvzMX2';

/** A token that the stand-in once gave out and refuses now. */
export const EXPIRED_TOKEN = '$2y$10$Exp1red.Samp1e/Token.77WaI4QRW5Fw/NCWkbNONufjlEI.m';

/** @typedef {{name: string, role: string}} Employee */

/** The employees' CRM, as `crm_domain` names it. */
export const CRM_DOMAIN = 'crm.example.com';

/** `employee_ext_code` → who that is in the account. @type {Readonly<Record<string, Employee>>} */
export const EMPLOYEES = {
  101: {name: 'Olivia Brandt', role: 'Sales'},
  102: {name: 'Tomas Eriksen', role: 'Support'},
};

/** Who a valid token signs in when no employee is named. @type {Employee} */
export const ACCOUNT_OWNER = {name: 'Elena Duarte', role: 'Account owner'};

/** Who the login form signs in, whatever is typed. @type {Employee} */
export const GUEST = {name: 'Guest', role: 'Signed in by hand'};
