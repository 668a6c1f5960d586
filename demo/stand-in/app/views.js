import {avatar} from '../../shared/avatar.js';
import {MESSENGER_NAMES} from './chats.js';
import {h} from '../../shared/dom.js';

/** @typedef {import('./chats.js').Chat} Chat */

/**
 * @param {() => void} signIn
 * @returns {HTMLElement}
 */
export function loginView(signIn) {
  /** @param {SubmitEvent} event */
  const submit = (event) => {
    event.preventDefault();
    signIn();
  };
  return h(
    'section',
    {class: 'card'},
    h('h1', {tabindex: -1}, 'Sign in'),
    h(
      'p',
      {class: 'muted'},
      'The address carried no access token. Any input signs you in here as a guest; it never leaves this page.',
    ),
    h(
      'form',
      {onsubmit: submit, novalidate: true},
      field('E-mail', 'email', {autocomplete: 'off', inputmode: 'email'}),
      field('Password', 'password', {type: 'password', autocomplete: 'off'}),
      h('button', {class: 'primary', type: 'submit'}, 'Sign in'),
    ),
  );
}

/**
 * @param {string} message
 * @returns {HTMLElement}
 */
export function refusedView(message) {
  return h(
    'section',
    {class: 'card refused', role: 'alert'},
    h('h1', {tabindex: -1}, 'Sign-in refused'),
    h('p', {}, message),
  );
}

/** @returns {HTMLElement} */
export function emptyView() {
  return h(
    'section',
    {class: 'card'},
    h('h1', {tabindex: -1}, 'No dialogs for this filter'),
    h('p', {class: 'muted'}, 'None of the sample dialogs has this license, messenger, phone or chat id.'),
  );
}

/**
 * @param {Chat[]} chats
 * @param {(chat: Chat) => string} linkTo
 * @param {(chat: Chat) => void} open
 * @returns {HTMLElement}
 */
export function listView(chats, linkTo, open) {
  /** @param {Chat} chat */
  const item = (chat) => {
    const last = chat.messages.at(-1);
    /** @param {MouseEvent} event */
    const choose = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a new tab is the browser's business
      event.preventDefault();
      open(chat);
    };
    return h(
      'li',
      {},
      h(
        'a',
        {href: linkTo(chat), onclick: choose},
        avatar(chat.name),
        h(
          'span',
          {class: 'lines'},
          h('span', {class: 'line'}, h('strong', {}, chat.name), h('span', {class: 'muted time'}, last?.time ?? '')),
          h('span', {class: 'channel'}, channel(chat)),
          h('span', {class: 'muted preview'}, (last?.from === 'us' ? 'You: ' : '') + (last?.text ?? '')),
        ),
      ),
    );
  };
  return h(
    'section',
    {class: 'list'},
    h('h1', {tabindex: -1}, `${chats.length} dialogs`),
    h('ul', {}, ...chats.map(item)),
  );
}

/**
 * @param {Chat} chat
 * @param {{link: string, back: (() => void) | null, refresh: () => void}} actions
 * @returns {HTMLElement}
 */
export function chatView(chat, {link, back, refresh}) {
  const input = h('textarea', {
    id: 'message',
    rows: 1,
    placeholder: 'Write a message',
    'data-focus': true,
    onkeydown: keydown,
  });
  const said = h('p', {class: 'said', role: 'status'});

  /** @param {Event} event */
  function send(event) {
    event.preventDefault();
    const text = input.value.trim();
    if (text === '') return;
    const time = new Date().toLocaleTimeString('en-GB', {hour: '2-digit', minute: '2-digit'});
    chat.messages.push({from: 'us', text, time});
    refresh();
    document.getElementById('message')?.focus();
  }
  /** @param {KeyboardEvent} event */
  function keydown(event) {
    // During composition Enter belongs to the input method.
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) send(event);
  }
  async function copy() {
    try {
      await navigator.clipboard.writeText(link);
      said.textContent = 'Link copied.';
    } catch {
      // The page around the frame did not grant clipboard-write: the link can still be copied by hand.
      said.replaceChildren(
        'The clipboard is not available. ',
        h('input', {class: 'link', readonly: true, value: link, 'aria-label': 'Link to the dialog'}),
      );
      said.querySelector('input')?.select();
    }
  }

  return h(
    'section',
    {class: 'chat'},
    h(
      'div',
      {class: 'head'},
      back && h('button', {class: 'icon', type: 'button', 'aria-label': 'Back to the list', onclick: back}, '‹'),
      avatar(chat.name),
      h('div', {class: 'lines'}, h('h1', {tabindex: -1}, chat.name), h('p', {class: 'channel'}, channel(chat))),
      h(
        'button',
        {class: 'quiet', type: 'button', 'data-action': 'copy-link', title: 'Copy link to the dialog', onclick: copy},
        'Copy link',
        h('span', {class: 'long'}, ' to the dialog'),
      ),
    ),
    said,
    h('ol', {class: 'messages', 'aria-label': 'Messages'}, ...chat.messages.map(bubble)),
    h(
      'form',
      {class: 'compose', onsubmit: send},
      h('label', {class: 'hidden', for: 'message'}, `Message to ${chat.name}`),
      input,
      h('button', {class: 'primary', type: 'submit'}, 'Send'),
    ),
  );
}

/** @param {import('./chats.js').Message} message */
function bubble({from, text, time}) {
  return h(
    'li',
    {class: from},
    h('p', {}, h('span', {class: 'hidden'}, from === 'us' ? 'You: ' : 'Customer: '), text),
    h('time', {}, time),
  );
}

/** @param {Chat} chat */
function channel(chat) {
  const messenger = MESSENGER_NAMES[chat.messengerType] ?? chat.messengerType;
  // A line may break behind a dot, and never before one.
  return [messenger, chat.phone ? '+' + chat.phone : chat.id, `license\u00a0${chat.licenseId}`].join('\u00a0· ');
}

/**
 * @param {string} label
 * @param {string} id
 * @param {Record<string, string>} attributes
 */
function field(label, id, attributes) {
  return h('div', {class: 'field'}, h('label', {for: id}, label), h('input', {id, ...attributes}));
}
