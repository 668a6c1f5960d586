import {EXPIRED_TOKEN, VALID_TOKEN} from '../stand-in/sample-sign-in.js';
import {TOKEN_ROUTE, valuesWith} from './values.js';

/** The route says who the agent is. */
const SIGNED_IN = {accessTokenUrl: TOKEN_ROUTE};

/** @type {readonly {id: string, title: string, hint: string, values: import('./values.js').Values}[]} */
export const PRESETS = [
  {
    id: 'whatsapp',
    title: 'WhatsApp customer',
    hint: 'One phone: the chat opens. The server’s route signs the agent in.',
    values: valuesWith({licenseId: '30310', messengerType: 'grWhatsApp', phones: '79991234567', ...SIGNED_IN}),
  },
  {
    id: 'two-phones',
    title: 'Two phones',
    hint: 'Two numbers, formatted as people type them. Each has a chat, so there is a choice.',
    values: valuesWith({phones: '+49 171 3920-012; +49 (171) 3920-034', ...SIGNED_IN}),
  },
  {
    id: 'telegram',
    title: 'Telegram @username',
    hint: 'A chat id instead of a phone.',
    values: valuesWith({licenseId: '41200', messengerType: 'telegram', dialogIds: '@sofia_rossi', ...SIGNED_IN}),
  },
  {
    id: 'all',
    title: 'All chats',
    hint: 'No filter is set, so everything of the account is shown, to its owner: no employee is named.',
    values: valuesWith({accessToken: VALID_TOKEN}),
  },
  {
    id: 'empty',
    title: 'Empty filter',
    hint: 'phones is set and empty: this customer has none. Nothing opens; it never turns into “all chats”.',
    values: valuesWith({phones: '', ...SIGNED_IN}),
  },
  {
    id: 'bad-phone',
    title: 'Bad phone',
    hint: 'A letter in a number is an error that says where it is. No request leaves the page.',
    values: valuesWith({licenseId: '30310', phones: '79991234567, 7999I234567', ...SIGNED_IN}),
  },
  {
    id: 'bad-base-url',
    title: 'Bad base URL',
    hint: 'http is refused outside the own machine: the access token would travel in clear text.',
    values: valuesWith({licenseId: '30310', phones: '79991234567', baseUrl: 'http://dialogs.example/', ...SIGNED_IN}),
  },
  {
    id: 'expired',
    title: 'Expired token',
    hint: 'The frame opens; the Dialog inside refuses the token. The page cannot see that from outside.',
    values: valuesWith({phones: '12025550143', accessToken: EXPIRED_TOKEN}),
  },
  {
    id: 'no-token',
    title: 'No token',
    hint: 'Without a token the Dialog asks for e-mail and password.',
    values: valuesWith({phones: '447700900142'}),
  },
];
