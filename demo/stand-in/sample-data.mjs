// The sample data with what no page may know: the account with which a back end asks for tokens.
export * from './sample-sign-in.js';

/** @typedef {import('./sample-sign-in.js').Employee} Employee */

/** Stands in each token that the stand-in of the API mints, so that a search finds the ones that leaked. */
export const TOKEN_MARK = 'St4nd1nM1nted';

/** The integration's account at the stand-in of the API. A search for `S4mplePassw0rd` finds where the password leaked. */
export const API_ACCOUNT = {
  email: 'integration@example.com',
  password: 'S4mplePassw0rd/nowhere-else',
  appId: 'app_12345_1',
};
