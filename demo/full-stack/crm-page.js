// The parts of the CRM that have nothing to do with the chat: the list of customers, the card, and who is logged in.
import {avatar} from '../shared/avatar.js';
import {find, h} from '../shared/dom.js';

/** @typedef {import('./customers.js').Customer} Customer */

/**
 * Lists the customers and chooses the first one.
 * @param {readonly Customer[]} customers
 * @param {(customer: Customer) => void} onChoose
 */
export function listCustomers(customers, onChoose) {
  const buttons = customers.map((customer) =>
    h(
      'button',
      {type: 'button', 'data-customer': customer.id, onclick: () => choose(customer)},
      avatar(customer.name),
      h('span', {class: 'names'}, h('strong', {}, customer.name), h('span', {class: 'muted small'}, listed(customer))),
    ),
  );
  foldCard();
  const list = find('#customers');
  list.append(...buttons.map((button) => h('li', {}, button)));
  list.addEventListener('keydown', (event) => moveFocus(event, buttons));
  if (customers[0]) choose(customers[0]);

  /** @param {Customer} customer */
  function choose(customer) {
    for (const button of buttons) {
      if (button.dataset.customer === customer.id) button.setAttribute('aria-current', 'true');
      else button.removeAttribute('aria-current');
    }
    onChoose(customer);
  }
}

/** An agent recognizes a phone number or a name, but not an id. @param {Customer} customer */
function listed({contacts: [contact]}) {
  if (!contact) return 'No contact yet';
  return contact.isId ? contact.kind : contact.value;
}

/** @param {KeyboardEvent} event @param {HTMLButtonElement[]} buttons */
function moveFocus(event, buttons) {
  const step = {ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1}[event.key];
  const at = buttons.findIndex((button) => button === document.activeElement);
  const next =
    event.key === 'Home' ? buttons[0] : event.key === 'End' ? buttons.at(-1) : step ? buttons[at + step] : undefined;
  if (!next) return;
  event.preventDefault(); // the page would scroll
  next.focus();
}

/** @param {Customer} customer */
export function showCard({name, company, stage, manager, since, note, contacts}) {
  const details = [
    ...contacts.map(({kind, value}) => [kind, value]),
    ...(contacts.length === 0 ? [['Contacts', 'None yet']] : []),
    ['Stage', stage],
    ['Manager', manager],
    ['Customer since', since],
  ];
  find('#person').replaceChildren(
    avatar(name),
    h('div', {}, h('h2', {id: 'card-title'}, name), h('p', {class: 'muted'}, company)),
  );
  find('#about').replaceChildren(
    h(
      'dl',
      {class: 'details'},
      ...details.map(([term, text]) => h('div', {}, h('dt', {}, term ?? ''), h('dd', {title: text ?? ''}, text ?? ''))),
    ),
    h('p', {class: 'note'}, note),
  );
}

/** On a phone the card can fold, and starts folded: the chat is then on the first screen. */
function foldCard() {
  /** @type {HTMLDetailsElement} */
  const folding = find('#folding');
  const phone = matchMedia('(max-width: 640px)');
  const update = () => {
    folding.open = !phone.matches;
    find('#person').tabIndex = phone.matches ? 0 : -1;
  };
  phone.addEventListener('change', update);
  update();
}

/**
 * Lists who can be logged in. In this sample, an agent needs no password.
 * @param {(agent: string) => void} onChoose
 */
export async function listAgents(onChoose) {
  /** @type {HTMLSelectElement} */
  const select = find('#agent');
  select.addEventListener('change', () => onChoose(select.value));
  /** @type {{code: string, name: string, isYou: boolean}[]} */
  const agents = await (await fetch('/api/agents')).json();
  select.append(...agents.map(({code, name, isYou}) => new Option(name, code, isYou, isYou)));
}
