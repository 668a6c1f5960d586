// Searches what a test run has printed for the secrets that were used in it: `node scripts/check-secrets.mjs run.log`.
import {readFileSync} from 'node:fs';
import {API_ACCOUNT, EXPIRED_TOKEN, TOKEN_MARK, VALID_TOKEN} from '../demo/stand-in/sample-data.mjs';

const [file = ''] = process.argv.slice(2);
const printed = readFileSync(file, 'utf8');
/** Each token that the stand-in of the API mints holds its mark. */
const secrets = {
  'a minted token': TOKEN_MARK,
  'the account’s password': API_ACCOUNT.password,
  'the valid sample token': VALID_TOKEN,
  'the expired sample token': EXPIRED_TOKEN,
};

const found = Object.entries(secrets).filter(([, secret]) => printed.includes(secret));
for (const [name] of found) console.error(`secrets: ${name} was printed, see ${file}`);
// An empty log would hold none either.
if (printed.length < 1000) console.error(`secrets: ${file} holds ${printed.length} characters: nothing was logged`);
else if (!found.length) console.log(`secrets: none of ${Object.keys(secrets).length} in ${printed.length} characters`);
process.exit(found.length || printed.length < 1000 ? 1 : 0);
