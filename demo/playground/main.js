// The playground: the form is the truth; every change of it is applied to the element and shown.
import {parseDialogUrl} from '../../dist/url/index.js';
import {setUp, showHistory} from '../shared/setup.js';
import {find, h} from '../shared/dom.js';
import {VALID_TOKEN} from '../stand-in/sample-sign-in.js';
import {applyValues} from './apply.js';
import {codeTabs} from './code-tabs.js';
import {logEvents} from './event-log.js';
import {readForm, writeForm} from './form.js';
import {keep, takeKept} from './kept.js';
import {showMaskedUrl} from './masked-url.js';
import {wireMethods, wireSurroundings} from './methods.js';
import {pasteField} from './paste.js';
import {PRESETS} from './presets.js';
import {listRequests} from './request-list.js';
import {scenePicker} from './scene-picker.js';
import {showTimeline} from './timeline.js';
import {TOKEN_SOURCES, tokenCallbacks, tokenSourceOf} from './tokens.js';
import {valuesWith} from './values.js';

/**
 * @typedef {(typeof PRESETS)[number]} Preset
 * @typedef {import('./values.js').Values} Values
 */

const config = await setUp();
/** @type {import('../shared/setup.js').ChatAppDialog} */
const dialog = find('#dialog');
/** @type {HTMLFormElement} */
const form = find('#fields');
/** @type {HTMLSelectElement} */
const source = find('#token-source');
/** @type {HTMLInputElement} */
const exact = find('#exact');
const showCode = codeTabs({
  tabs: find('#code-tabs'),
  panel: find('#code'),
  copy: find('#copy-code'),
  said: find('#code-said'),
});
/** @type {HTMLSelectElement} */
const presetSelect = find('#preset');

let kind = /** @type {'stand-in' | 'real'} */ ('stand-in');
let openings = 0;
/** @type {Preset | null} */
let preset = null;

// No sample goes to the real Dialog.
const callbackOf = tokenCallbacks(() => readForm(form).accessToken ?? (kind === 'stand-in' ? VALID_TOKEN : null));
const scene = scenePicker(config, {
  onChoose() {
    // What stands in the field would win over the scene.
    writeForm(form, {...readForm(form), baseUrl: null});
    void applyForm();
  },
  beforeLeaving: () => keep({values: readForm(form), preset: preset?.id ?? null}),
});

source.append(
  ...TOKEN_SOURCES.map(({id, title, isSample}) => h('option', {value: id, 'data-sample': isSample}, title)),
);
presetSelect.append(...PRESETS.map(({id, title}) => h('option', {value: id}, title)));
presetSelect.addEventListener('change', () => {
  const chosen = PRESETS.find(({id}) => id === presetSelect.value);
  if (chosen) void usePreset(chosen);
});

logEvents(find('#log'), dialog);
listRequests(find('#requests'), config.nextRequest);
showTimeline(find('#timeline'), dialog);
showHistory((length) => {
  find('#history-length').textContent = String(length);
});
wireMethods(dialog);
wireSurroundings(find('#box'), dialog);
pasteField({
  opensReal: () => kind === 'real',
  use(read) {
    writeForm(form, {...readForm(form), ...read});
    apply();
  },
});

dialog.addEventListener('chatapp-loadstart', () => {
  find('#openings').textContent = String(++openings);
});
dialog.addEventListener('chatapp-statuschange', show);
dialog.addEventListener('chatapp-error', show);
form.addEventListener('change', ({target}) => {
  apply();
  // A new source alone opens nothing, by design; here it is chosen to be seen.
  if (target === source) dialog.reload();
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  apply();
});
find('#show-token').addEventListener('change', ({target}) => {
  const input = /** @type {HTMLInputElement} */ (form.elements.namedItem('access-token'));
  input.type = /** @type {HTMLInputElement} */ (target).checked ? 'text' : 'password';
});
exact.addEventListener('change', show);
for (const button of document.querySelectorAll('[data-clear]')) {
  button.addEventListener('click', () => find(`#${button.getAttribute('data-clear')}`).replaceChildren());
}
find('#target').addEventListener('change', ({target}) =>
  switchTo(/** @type {HTMLInputElement} */ (target).value === 'real' ? 'real' : 'stand-in'),
);

await start();

async function start() {
  const kept = takeKept();
  const [first] = PRESETS;
  if (!kept) return first && usePreset(first);
  const chosen = PRESETS.find(({id}) => id === kept.preset) ?? null;
  // The token was not kept, and the preset knows its own.
  writeForm(form, {...kept.values, accessToken: chosen?.values.accessToken ?? null});
  markPreset(chosen);
  find('#scene').focus(); // where the reader was
  return applyForm();
}

function apply() {
  const values = readForm(form);
  if (preset && JSON.stringify(withLoadingOf(values, preset.values)) !== JSON.stringify(values)) markPreset(null);
  void applyForm();
}

/**
 * A preset says who is shown and signs in; how that is loaded stays.
 * @param {Values} current
 * @param {Values} preset
 * @returns {Values}
 */
function withLoadingOf({loading, loadTimeout, keepAlive, probe}, preset) {
  return valuesWith({...preset, loading, loadTimeout, keepAlive, probe});
}

function applyForm() {
  const address = scene.address();
  find('#held').textContent = applyValues(dialog, readForm(form), {kind, address}, callbackOf);
  find('#source-hint').textContent = tokenSourceOf(source.value)?.hint ?? '';
  // The element reads its attributes in its own update; only then there is something to show.
  return dialog.updateComplete.then(show);
}

/** @param {Preset} chosen */
async function usePreset(chosen) {
  const {frame, accessToken, accessTokenUrl} = dialog;
  writeForm(form, withLoadingOf(readForm(form), chosen.values));
  markPreset(chosen);
  await applyForm();
  // A renewed token alone opens nothing, by design; a preset is meant to be seen with its own one.
  const isSignInNew = accessToken !== dialog.accessToken || accessTokenUrl !== dialog.accessTokenUrl;
  if (frame && frame === dialog.frame && isSignInNew) dialog.reload();
}

/** @param {Preset | null} chosen */
function markPreset(chosen) {
  preset = chosen;
  presetSelect.value = chosen?.id ?? '';
  find('#preset-hint').textContent = chosen?.hint ?? 'Your own values.';
}

function show() {
  const status = find('#status');
  status.dataset.status = dialog.status;
  status.textContent = dialog.status;
  showMaskedUrl(find('#url'), dialog, {exact: exact.checked, source: tokenSourceOf(source.value)});
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

/** @param {'stand-in' | 'real'} next */
function switchTo(next) {
  kind = next;
  // No sample goes to the real Dialog (a sample phone may be somebody's), and no real token to the stand-in.
  find('#bar').hidden = find('#stand-in-said').hidden = next === 'real';
  /** @type {HTMLInputElement} */ (form.elements.namedItem('access-token-url')).disabled = next === 'real';
  for (const option of source.options) option.hidden = next === 'real' && option.dataset.sample !== undefined;
  find('#target-hint').textContent =
    next === 'real'
      ? 'The frame now opens https://dialogs.pro/ over the internet. Bring your own token, or sign in there.'
      : '';
  const [first] = PRESETS;
  if (next === 'stand-in' && first) return void usePreset(first);
  writeForm(form, valuesWith());
  apply();
}
