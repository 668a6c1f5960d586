// A CRM page as users of the package have it: a list, a card, and the customer's chat beside them.
import {CUSTOMERS} from './customers.js';
import {setUp, showHistory} from '../shared/setup.js';
import {avatar} from '../shared/avatar.js';
import {find, h} from '../shared/dom.js';
import {offerKeepAlive} from './keep-alive.js';
import {showTokenLife} from './token-panel.js';

/** @typedef {import('./customers.js').Customer} Customer */

const {standIn} = await setUp();
/** @type {import('../shared/setup.js').ChatAppDialog} */
const dialog = find('#dialog');
// A page cannot see whether the frame shows the Dialog or an error of its server, so there is always another way in.
/** @type {import('../../dist/index.js').ChatAppDialogLink} */
const open = find('#open');
const list = find('#customers');
const [first] = CUSTOMERS;

/** @type {Customer | undefined} */
let shown;
let chosen = 0;
let tokens = 0;
let openings = 0;
dialog.addEventListener('chatapp-loadstart', () => {
  find('#openings').textContent = String(++openings);
});
dialog.addEventListener('chatapp-statuschange', () => {
  const status = find('#status');
  status.dataset.status = dialog.status;
  status.textContent = dialog.status;
});
const historyAtStart = history.length;
showHistory((length) => {
  find('#history-length').textContent = String(length);
  find('#history-added').textContent = String(length - historyAtStart);
});

list.append(...CUSTOMERS.map(row));
list.addEventListener('keydown', moveFocus);

dialog.baseUrl = open.baseUrl = standIn;
const startClock = offerKeepAlive(dialog, standIn);
new PerformanceObserver((entries) => {
  tokens += entries.getEntriesByName(`${location.origin}/api/chatapp-token`).length;
  find('#tokens').textContent = String(tokens);
}).observe({type: 'resource', buffered: true});

await offerAgents();
showTokenLife(dialog);
if (first) choose(first);
dialog.disabled = open.disabled = false;

/** Who is logged in to the CRM, and who else could be. */
async function offerAgents() {
  /** @type {HTMLSelectElement} */
  const select = find('#agent');
  /** @type {{code: string, name: string, isYou: boolean}[]} */
  const agents = await (await fetch('/api/agents')).json();
  select.append(...agents.map(({code, name, isYou}) => new Option(name, code, isYou, isYou)));
  select.addEventListener('change', async () => {
    await fetch(`/api/log-in/${select.value}`, {method: 'POST'});
    // Also what is kept out of sight was the last agent's, and would come back without asking who is logged in.
    dialog.close();
    dialog.reload();
  });
}

/** @param {Customer} customer */
function choose(customer) {
  if (customer !== shown) startClock();
  shown = customer;
  // One assignment, so one change: the old chat closes and the new one opens, once.
  dialog.fields = open.fields = customer.dialog;
  dialog.label = `Chat with ${customer.name}`;
  for (const button of list.querySelectorAll('button')) {
    if (button.dataset.customer === customer.id) button.setAttribute('aria-current', 'true');
    else button.removeAttribute('aria-current');
  }
  find('#chosen').textContent = String(++chosen);
  showCard(customer);
  find('#passed').replaceChildren(
    ...Object.entries(customer.dialog).map(([name, value]) => h('span', {}, `${name}: ${JSON.stringify(value)}`)),
  );
}

/** @param {Customer} customer */
function row(customer) {
  return h(
    'li',
    {},
    h(
      'button',
      {type: 'button', 'data-customer': customer.id, onclick: () => choose(customer)},
      avatar(customer.name),
      h(
        'span',
        {class: 'names'},
        h('strong', {}, customer.name),
        h('span', {class: 'muted small'}, customer.contacts[0]?.value ?? 'No contact yet'),
      ),
    ),
  );
}

/** @param {Customer} customer */
function showCard({name, company, stage, manager, since, note, contacts}) {
  const details = [
    ...contacts.map(({kind, value}) => [kind, value]),
    ...(contacts.length === 0 ? [['Contacts', 'None yet']] : []),
    ['Stage', stage],
    ['Manager', manager],
    ['Customer since', since],
  ];
  find('#card').replaceChildren(
    h(
      'div',
      {class: 'person'},
      avatar(name),
      h('div', {}, h('h2', {id: 'card-title'}, name), h('p', {class: 'muted'}, company)),
    ),
    h(
      'dl',
      {class: 'details'},
      ...details.map(([term, text]) => h('div', {}, h('dt', {}, term ?? ''), h('dd', {}, text ?? ''))),
    ),
    h('p', {class: 'note'}, note),
  );
}

/** @param {KeyboardEvent} event */
function moveFocus(event) {
  const step = {ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1}[event.key];
  const buttons = [...list.querySelectorAll('button')];
  const at = buttons.findIndex((button) => button === document.activeElement);
  const next =
    event.key === 'Home' ? buttons[0] : event.key === 'End' ? buttons.at(-1) : step ? buttons[at + step] : undefined;
  if (!next) return;
  event.preventDefault(); // the page would scroll
  next.focus();
}
