// The playground: the form is the truth; every change of it is applied to the element and shown.
import {parseDialogUrl} from '../../dist/url/index.js';
import {setUp, showHistory} from '../shared/setup.js';
import {find, h} from '../stand-in/app/dom.js';
import {applyValues} from './apply.js';
import {codeTabs} from './code-tabs.js';
import {logEvents} from './event-log.js';
import {readForm, writeForm} from './form.js';
import {showMaskedUrl} from './masked-url.js';
import {PRESETS} from './presets.js';
import {listText, valuesWith} from './values.js';

/** @typedef {import('./values.js').Values} Values */

const {dialog, standIn} = await setUp('#dialog');
/** @type {HTMLFormElement} */
const form = find('#fields');
/** @type {HTMLInputElement} */
const exact = find('#exact');
const said = find('#said');
const showCode = codeTabs({tabs: find('#code-tabs'), panel: find('#code'), copy: find('#copy-code'), said: find('#code-said')});
const presetButtons = PRESETS.map((preset) =>
  h('button', {type: 'button', class: 'chip', 'data-preset': preset.id, 'aria-pressed': 'false', onclick: () => void usePreset(preset)}, preset.title),
);

let kind = /** @type {'stand-in' | 'real'} */ ('stand-in');
let openings = 0;

logEvents(find('#log'), dialog);
dialog.addEventListener('chatapp-loadstart', () => {
  find('#openings').textContent = String(++openings);
});
dialog.addEventListener('chatapp-statuschange', show);
dialog.addEventListener('chatapp-error', show);
showHistory((length) => {
  find('#history-length').textContent = String(length);
});
find('#presets').append(...presetButtons);
form.addEventListener('change', apply);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  apply();
});
find('#show-token').addEventListener('change', ({target}) => {
  const input = /** @type {HTMLInputElement} */ (form.elements.namedItem('access-token'));
  input.type = /** @type {HTMLInputElement} */ (target).checked ? 'text' : 'password';
});
exact.addEventListener('change', show);
find('#clear-log').addEventListener('click', () => find('#log').replaceChildren());
find('#paste').addEventListener('submit', paste);
find('#target').addEventListener('change', ({target}) => switchTo(/** @type {HTMLInputElement} */ (target).value === 'real' ? 'real' : 'stand-in'));
for (const button of document.querySelectorAll('[data-method]')) button.addEventListener('click', () => void call(button.getAttribute('data-method')));

const [first] = PRESETS;
if (first) await usePreset(first);

function apply() {
  markPreset(null);
  applyForm();
}

function applyForm() {
  find('#held').textContent = applyValues(dialog, readForm(form), {kind, standIn});
  // The element reads its attributes in its own update; only then there is something to show.
  return dialog.updateComplete.then(show);
}

/** @param {(typeof PRESETS)[number]} preset */
async function usePreset(preset) {
  const {frame, accessToken} = dialog;
  writeForm(form, preset.values);
  markPreset(preset);
  await applyForm();
  // A renewed token alone opens nothing, by design; a preset is meant to be seen with its own one.
  if (frame && frame === dialog.frame && accessToken !== dialog.accessToken) dialog.reload();
}

/** @param {(typeof PRESETS)[number] | null} chosen */
function markPreset(chosen) {
  for (const [index, button] of presetButtons.entries()) button.setAttribute('aria-pressed', String(PRESETS[index] === chosen));
  find('#preset-hint').textContent = chosen?.hint ?? 'Your own values.';
}

function show() {
  const status = find('#status');
  status.dataset.status = dialog.status;
  status.textContent = dialog.status;
  showMaskedUrl(find('#url'), dialog, {exact: exact.checked});
  const {phones, dialogIds} = readableLists();
  showCode(readForm(form), {phones: phones.map(String), dialogIds: dialogIds.map(String)});
}

/**
 * The lists for the code: cleaned as in the URL, because the PHP link has nobody else to clean them; where there is no
 * URL, as the element reads the attributes. A text that is no list (broken JSON) is none.
 */
function readableLists() {
  const {phones, dialogIds} = dialog.url === null ? dialog.fields : parseDialogUrl(dialog.url).fields;
  return {phones: Array.isArray(phones) ? phones : [], dialogIds: Array.isArray(dialogIds) ? dialogIds : []};
}

/** @param {Event} event */
function paste(event) {
  event.preventDefault();
  /** @type {HTMLInputElement} */
  const input = find('#link');
  const pasteSaid = find('#paste-said');
  try {
    const {baseUrl, fields} = parseDialogUrl(input.value.trim());
    // A link may hold a token, so it does not stay in sight.
    input.value = '';
    if (!fields.phones?.length && !fields.dialogIds?.length) {
      // Without a filter all chats would open, which nobody who pastes a link wants.
      pasteSaid.textContent = 'The link names no phone and no chat: nothing was changed.';
      return;
    }
    // The link says which chat; who signs in stays who it is, whatever the link says.
    writeForm(form, valuesWith({
      ...readForm(form),
      licenseId: fields.licenseId ?? null,
      messengerType: fields.messengerType ?? null,
      phones: fields.phones ? listText(fields.phones) : null,
      dialogIds: fields.dialogIds ? listText(fields.dialogIds) : null,
      baseUrl: kind === 'real' ? baseUrl : null,
    }));
    const read = Object.keys(fields).filter((name) => ['licenseId', 'messengerType', 'phones', 'dialogIds'].includes(name));
    pasteSaid.textContent = `Read: ${read.join(', ')}.`;
    if (kind === 'stand-in') pasteSaid.textContent += ' Opened at the stand-in.';
    apply();
  } catch (error) {
    pasteSaid.textContent = error instanceof Error ? error.message : String(error);
  }
}

/** @param {'stand-in' | 'real'} next */
function switchTo(next) {
  kind = next;
  // No sample goes to the real Dialog (a sample phone may be somebody's), and no real token to the stand-in.
  find('#presets-section').hidden = next === 'real';
  find('#target-hint').textContent =
    next === 'real' ? 'The frame now opens https://dialogs.pro/ over the internet. Bring your own token, or sign in there.' : '';
  if (next === 'stand-in' && first) return void usePreset(first);
  writeForm(form, valuesWith());
  apply();
}

/** @param {string | null} method */
async function call(method) {
  said.textContent = '';
  try {
    if (method === 'reload') dialog.reload();
    if (method === 'close') dialog.close();
    if (method === 'focus') dialog.focus();
    if (method === 'open') await dialog.openInNewTab({withToken: /** @type {HTMLInputElement} */ (find('#with-token')).checked});
    if (method === 'copy') {
      await dialog.copyLink();
      said.textContent = `Copied: ${dialog.url}`;
    }
  } catch (error) {
    said.textContent = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}
