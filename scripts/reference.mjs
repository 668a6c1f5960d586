// Writes docs/reference.md and llms.txt: `npm run reference` after `npm run build`. With `--check`, it only says whether they are
// current, and CI calls it so. Both are made from dist/custom-elements.json, so nothing is written twice.
import {readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {format, resolveConfig} from 'prettier';
import {ERRORS} from './reference-errors.mjs';

const root = new URL('../', import.meta.url);
/** @param {string} path */
const read = (path) => readFileSync(new URL(path, root), 'utf8');
const {modules} = JSON.parse(read('dist/custom-elements.json'));
/** @type {any[]} */
const declarations = modules.flatMap((/** @type {any} */ {declarations}) => declarations);
/** @param {string} tag */
const elementOf = (tag) => declarations.find(({tagName}) => tagName === tag);

/** Text for the cell of a table. @param {unknown} text */
const cell = (text) =>
  String(text ?? '')
    .replace(/\{@link (\w+)\}/g, '`$1`')
    .replace(/\s+/g, ' ')
    .replaceAll('|', '\\|')
    .trim();
/** @param {unknown} code */
const codeOf = (code) => (code ? `\`${cell(code)}\`` : '');

/**
 * @param {string} title
 * @param {string[]} columns
 * @param {string[][]} rows
 */
const table = (title, columns, rows) =>
  rows.length
    ? [title, '', ...[columns, columns.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`), '']
    : [];

/** @param {{name: string, description: string}[]} [items] @param {(name: string) => string} [label] */
const described = (items = [], label = codeOf) => items.map(({name, description}) => [label(name), cell(description)]);

/** @param {any} method */
function signatureOf({name, parameters = [], return: result}) {
  const list = parameters.map(
    (/** @type {any} */ each) => `${each.name}${each.optional ? '?' : ''}: ${each.type.text}`,
  );
  return `${name}(${list.join(', ')})${result ? `: ${result.type.text}` : ''}`;
}

/** @param {string} tag */
function sectionOf(tag) {
  const {description, attributes, members, events, slots, cssParts, cssStates, cssProperties} = elementOf(tag);
  const fields = members.filter((/** @type {any} */ {kind}) => kind === 'field');
  const methods = members.filter((/** @type {any} */ {kind}) => kind === 'method');
  return [
    `## ${tag}`,
    '',
    description.trim(),
    '',
    ...table(
      `### Attributes of ${tag}`,
      ['attribute', 'property', 'type', 'default', 'meaning'],
      attributes.map((/** @type {any} */ {name, fieldName, type, default: initial, description: text}) => [
        codeOf(name),
        codeOf(fieldName),
        codeOf(type.text),
        codeOf(initial),
        // The editors' data need the default in the sentence. Here it has a column.
        cell(initial ? text.replace(/ Default `[^`]*`\.$/, '') : text),
      ]),
    ),
    ...table(
      `### Properties of ${tag} without an attribute`,
      ['property', 'type', 'read-only', 'meaning'],
      fields
        .filter((/** @type {any} */ {attribute}) => !attribute)
        .map((/** @type {any} */ each) => [
          codeOf(each.static ? `static ${each.name}` : each.name),
          codeOf(each.type?.text),
          each.readonly ? 'yes' : '',
          cell(each.description),
        ]),
    ),
    ...table(
      `### Methods of ${tag}`,
      ['method', 'meaning'],
      methods.map((/** @type {any} */ each) => [codeOf(signatureOf(each)), cell(each.description)]),
    ),
    ...table(
      `### Events of ${tag}`,
      ['event', 'class', 'when'],
      (events ?? []).map((/** @type {any} */ each) => [
        codeOf(each.name),
        codeOf(each.type?.text),
        cell(each.description),
      ]),
    ),
    ...table(
      `### Slots of ${tag}`,
      ['slot', 'content'],
      described(slots, (name) => (name ? codeOf(name) : 'default')),
    ),
    ...table(`### Parts of ${tag}`, ['part', 'meaning'], described(cssParts)),
    ...table(
      `### States of ${tag}`,
      ['state', 'meaning'],
      described(cssStates, (name) => codeOf(`:state(${name})`)),
    ),
    ...table(
      `### Custom properties of ${tag}`,
      ['property', 'default', 'meaning'],
      (cssProperties ?? []).map((/** @type {any} */ each) => [
        codeOf(each.name),
        codeOf(each.default),
        cell(each.description),
      ]),
    ),
  ];
}

const {ERROR_CODES} = await import(new URL('dist/dialog-error.js', root).href);
for (const code of new Set([...ERROR_CODES, ...Object.keys(ERRORS)])) {
  if (!ERROR_CODES.includes(code) || !Object.hasOwn(ERRORS, code))
    throw new Error(`${code} is not in both lists of errors: src/dialog-error.ts, scripts/reference-errors.mjs`);
}

const reference = [
  '# Reference',
  '',
  '<!-- Written by `npm run reference` from the custom elements manifest. Change the docstrings in src/ instead. -->',
  '',
  'All attributes and properties are optional. Lists (`phones`, `dialog-ids`) take an array as a property. As an attribute they',
  'take text with commas, semicolons or new lines between the entries, or a JSON array.',
  '',
  ...sectionOf('chatapp-dialog'),
  ...sectionOf('chatapp-dialog-link'),
  '## Events',
  '',
  'All events are subclasses of `Event`. They bubble, cross shadow roots and cannot be cancelled.',
  '`chatapp-statuschange` comes before the others.',
  '',
  ...table(
    '',
    ['event', 'its own properties'],
    [
      ['`chatapp-statuschange`', '`status` and `oldStatus`'],
      ['`chatapp-loadstart`', 'none. `frame` is still `null`'],
      ['`chatapp-load`', '`restored`: `true` if the chat was kept by `keep-alive`, and nothing was loaded'],
      ['`chatapp-error`', '`error`, a `ChatAppDialogError`'],
    ],
  ),
  '## Errors',
  '',
  '`error` has `code`, `message`, `field` (the property at fault, if there is one) and `status` (the HTTP status of the token',
  'route, if it is the cause). The message names the attribute, in a list the position from 0, and never the value. The agent gets a',
  'sentence in their language, and your message behind "Technical details".',
  '',
  ...table(
    '',
    ['code', 'cause', 'what to do', '"Try again"'],
    Object.entries(ERRORS).map(([code, {cause, remedy, canRetry}]) => [
      codeOf(code),
      cause,
      remedy,
      canRetry ? 'yes' : 'no',
    ]),
  ),
  '`openInNewTab()` and `copyLink()` reject with a `DOMException`: `InvalidStateError` if there is nothing to link to or the element',
  'is `disabled`, `NotAllowedError` if the browser refuses. With `withToken: true`, `openInNewTab()` also rejects with a',
  '`ChatAppDialogError` if no token can be got.',
].join('\n');

const docs = fileURLToPath(new URL('docs/reference.md', root));
const style = await resolveConfig(docs);
const referenceText = await format(reference, {...style, filepath: docs});

/** The pages of llms.txt, in the order of reading. */
const PAGES = [
  ...['token', 'lifecycle', 'keep-alive', 'headers', 'link', 'url', 'server', 'migration', 'questions'].map(
    (name) => `docs/${name}.md`,
  ),
  ...readdirSync(new URL('docs/recipes', root))
    .filter((name) => name.endsWith('.md'))
    .toSorted()
    .map((name) => `docs/recipes/${name}`),
];
const llmsText = [
  '# chatapp-dialog: all of its documentation, in one file for coding assistants',
  '',
  '> Written by `npm run reference`. Each part names its file. Links are relative to that file.',
  '',
  ...[
    ['README.md', read('README.md')],
    ['docs/reference.md', referenceText],
    ...PAGES.map((page) => [page, read(page)]),
  ].map(([page, text]) => `<!-- file: ${page} -->\n\n${text}`),
].join('\n');

const isCheck = process.argv.includes('--check');
for (const [path, text] of Object.entries({'docs/reference.md': referenceText, 'llms.txt': llmsText})) {
  let before = '';
  try {
    before = read(path);
  } catch {
    // It is written for the first time.
  }
  if (before === text) continue;
  if (isCheck) {
    console.error(`${path} is not current: npm run build && npm run reference`);
    process.exitCode = 1;
  } else {
    writeFileSync(new URL(path, root), text);
    console.log(`${path} is written.`);
  }
}
