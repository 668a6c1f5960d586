// The stand-in's page: reads what the server understood of the address, shows one view at a time, routes by the path.
import {CHATS} from './chats.js';
import {find} from '../../shared/dom.js';
import {filterChats} from './filter.js';
import {chatPath, isSameChat, readChatPath} from './routes.js';
import {chatView, emptyView, listView, loginView, refusedView} from './views.js';

/**
 * @typedef {import('./chats.js').Chat} Chat
 * @typedef {{
 *   prefix: string,
 *   fields: import('../dialog-request.mjs').RequestFields,
 *   signIn: import('../sign-in.mjs').SignIn,
 * }} PageRequest
 */

/** @type {PageRequest} */
const request = JSON.parse(find('#request').textContent);
const app = find('#app');

// A copy: what is "sent" here is appended to it and gone with the page.
const chats = filterChats(structuredClone(/** @type {Chat[]} */ (CHATS)), request.fields);

/** @type {import('../sample-sign-in.js').Employee | null} */
let employee = request.signIn.state === 'signed-in' ? request.signIn.employee : null;

dropTokenFromAddress();
addEventListener('popstate', () => render());
render();

/** @param {{focus?: boolean}} [options]  whether the user caused it, so that the focus follows */
function render({focus = false} = {}) {
  showEmployee();
  const {view, element} = currentView();
  app.replaceChildren(element);
  document.body.dataset.view = view;
  // The newest message is at the bottom.
  const messages = app.querySelector('.messages');
  if (messages) messages.scrollTop = messages.scrollHeight;
  const heading = app.querySelector('h1');
  document.title = `${heading?.textContent ?? ''} · Stand-in of ChatApp Dialog`;
  if (focus) /** @type {HTMLElement | null} */ (app.querySelector('[data-focus]') ?? heading)?.focus();
}

/** @returns {{view: string, element: HTMLElement}} */
function currentView() {
  if (request.signIn.state === 'refused') return {view: 'refused', element: refusedView(request.signIn.message)};
  if (!employee) return {view: 'login', element: loginView(signInByHand)};
  if (chats.length === 0) return {view: 'empty', element: emptyView()};
  const key = readChatPath(location.pathname.slice(request.prefix.length));
  const chosen = chats.length === 1 ? chats[0] : chats.find((chat) => key && isSameChat(chat, key));
  if (!chosen) return {view: 'list', element: listView(chats, linkTo, open)};
  return {
    view: 'chat',
    element: chatView(chosen, {
      link: linkTo(chosen),
      back: chats.length > 1 ? showList : null,
      refresh: () => render(),
    }),
  };
}

function signInByHand() {
  if (request.signIn.state !== 'form') return;
  employee = request.signIn.guest;
  render({focus: true});
}

/** @param {Chat} chat */
function open(chat) {
  history.pushState(null, '', request.prefix + chatPath(chat));
  render({focus: true});
}

function showList() {
  history.pushState(null, '', request.prefix + '/');
  render({focus: true});
}

/**
 * The path form, without the token: what a colleague may have.
 * @param {Chat} chat
 */
function linkTo(chat) {
  return location.origin + request.prefix + chatPath(chat);
}

function showEmployee() {
  const who = find('#who');
  who.hidden = !employee;
  who.textContent = employee ? `${employee.name} · ${employee.role}` : '';
  if (employee) document.body.dataset.employee = employee.name;
}

// The address would otherwise carry the token into the referrer of every later request and into the frame's history.
// Everything else in it stays byte for byte.
function dropTokenFromAddress() {
  const pairs = location.search.slice(1).split('&');
  const kept = pairs.filter((pair) => !/^api(\[|%5B)access_token(\]|%5D)=/i.test(pair));
  if (kept.length === pairs.length) return;
  history.replaceState(null, '', location.pathname + (kept.length ? '?' + kept.join('&') : '') + location.hash);
}
