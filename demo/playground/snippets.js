// The code to paste, made from what the form holds. The token is never in it.
import {attribute, javascript, javascriptList, jsx, php} from './escape.js';
import {ATTRIBUTES, SWITCHES} from './values.js';
import {tokenSourceOf} from './tokens.js';

/**
 * @typedef {import('./values.js').Values} Values
 * @typedef {{phones: readonly string[], dialogIds: readonly string[]}} Lists  as the element reads them
 * @typedef {(values: Values, lists: Lists) => string} Snippet
 */

const PLACEHOLDER = 'LIVE_ACCESS_TOKEN';
const ADVICE = 'Have your server fetch a live token right before the chat opens; a fixed one expires and leaks.';
const ROUTE = 'Called right before each opening; the route is your own server’s.';

/** @param {Values} values */
const set = (values) =>
  ATTRIBUTES.flatMap(([name, attr]) => {
    const value = name === 'accessToken' && values.tokenSource !== 'typed' ? null : values[name];
    return value === null ? [] : [{name, attr, value}];
  });

/** @param {Values} values */
const switches = (values) => SWITCHES.filter((name) => values[name]);

/**
 * The callback to fill in, where one is chosen; without a `;`, for it is written as an expression.
 * @param {Values} values
 * @returns {readonly string[]}
 */
function callback({tokenSource}) {
  const source = tokenSourceOf(tokenSource);
  if (!source?.answer) return [];
  const answer = source.opens?.employee
    ? '  return response.json(); // {accessToken, crmDomain, employeeExtCode}'
    : '  return (await response.json()).accessToken;';
  return [
    'async ({signal}) => {',
    "  const response = await fetch('/api/chatapp-token', {method: 'POST', signal});",
    '  if (!response.ok) throw new Error(`HTTP ${response.status}`);',
    answer,
    '}',
  ];
}

/**
 * Declares the callback.
 * @param {Values} values
 * @param {string} start  up to the `=`
 */
function callbackDeclaration(values, start) {
  const [first, ...rest] = callback(values);
  if (first === undefined) return [];
  const lines = [`// ${ROUTE}`, `${start} = ${first}`, ...rest];
  return [...lines.slice(0, -1), `${lines.at(-1)};`];
}

/** @param {string} name @param {string} value */
const number = (name, value) => (name === 'loadTimeout' && /^\d+$/.test(value) ? value : null);

/** @param {string} name @returns {name is 'phones' | 'dialogIds'} */
const isList = (name) => name === 'phones' || name === 'dialogIds';

/** @param {readonly string[]} lines @param {string} indent */
const block = (lines, indent) => lines.map((line) => `\n${indent}${line}`).join('');

/** Inputs of the frame, of which a link has none. @type {readonly string[]} */
const OF_THE_FRAME = ['sandbox', 'allow', 'label', 'loading', 'loadTimeout', 'probe'];

/** @param {Values} values @param {string} tag @param {string} [text] */
function htmlOf(values, tag, text = '') {
  const lines = set(values).flatMap(({name, attr, value}) =>
    name === 'accessToken' ? [] : [`${attr}=${attribute(value)}`],
  );
  lines.push(...switches(values));
  if (tag === LINK && values.tokenSource !== 'none' && (values.tokenSource !== 'typed' || values.accessToken !== null))
    lines.push('with-token');
  // As a property, so that the token is not in the page's DOM; set before the script arrives, so that the chat opens once.
  const scriptLines = callbackDeclaration(values, `document.querySelector('${tag}').getAccessToken`);
  if (values.accessToken !== null && values.tokenSource === 'typed') {
    scriptLines.push(`// ${ADVICE}`, `document.querySelector('${tag}').accessToken = '${PLACEHOLDER}';`);
  }
  const token = scriptLines.length ? `\n<script>${block(scriptLines, '  ')}\n</script>\n` : '';
  return `<!-- The file is in the npm package; serve it from your own site. -->
<script defer src="/chatapp-dialog.min.js"></script>

<${tag}${block(lines, '  ')}${lines.length ? '\n' : ''}>${text}</${tag}>
${token}`;
}

const LINK = 'chatapp-dialog-link';

/** @type {Snippet} */
const html = (values) => htmlOf(values, 'chatapp-dialog');

/** @type {Snippet} */
const link = (values) => {
  const none = Object.fromEntries(OF_THE_FRAME.map((name) => [name, name === 'probe' ? false : null]));
  return htmlOf({...values, ...none}, LINK, 'Open the chat');
};

/**
 * What a framework's snippet declares in its script: lists, and the token or who gets it.
 * @param {Values} values
 * @param {Lists} lists
 * @param {{keyword?: string, type?: string}} [options]  `keyword`: 'const ' or, for a class field, ''; `type`: the callback's
 */
function declarations(values, lists, {keyword = '', type = ''} = {}) {
  return [
    ...set(values).flatMap(({name}) => {
      if (isList(name)) return [`${keyword}${name} = ${javascriptList(lists[name])};`];
      return name === 'accessToken' ? [`// ${ADVICE}`, `${keyword}accessToken = '${PLACEHOLDER}';`] : [];
    }),
    ...callbackDeclaration(values, `${keyword}getAccessToken${type}`),
  ];
}

/** @type {Snippet} */
function vue(values, lists) {
  const lines = set(values).map(({name, attr, value}) =>
    isList(name) || name === 'accessToken' ? `.${name}="${name}"` : `${attr}=${attribute(value)}`,
  );
  if (callback(values).length) lines.push('.getAccessToken="getAccessToken"');
  lines.push(...switches(values));
  lines.push('@chatapp-error="onError"');
  return `<!-- vite.config.js: vue({template: {compilerOptions: {isCustomElement: (tag) => tag.startsWith('chatapp-')}}}) -->
<script setup>
import 'chatapp-dialog';
${block(declarations(values, lists, {keyword: 'const '}), '')}
const onError = (event) => console.error(event.error.message);
</script>

<template>
  <chatapp-dialog${block(lines, '    ')}
  />
</template>
`;
}

/** @type {Snippet} */
function react(values, lists) {
  const lines = set(values).map(({name, value}) => {
    const code = isList(name) || name === 'accessToken' ? name : number(name, value);
    return `${name}=${code === null ? jsx(value) : `{${code}}`}`;
  });
  if (callback(values).length) lines.push('getAccessToken={getAccessToken}');
  lines.push(...switches(values));
  lines.push('onChatappError={(event) => console.error(event.error.message)}');
  const declared = declarations(values, lists, {keyword: 'const '});
  return `// npm install chatapp-dialog @lit/react
import {ChatAppDialog} from 'chatapp-dialog/react';
${block(declared, '')}${declared.length ? '\n' : ''}
export function CustomerDialog() {
  return (
    <ChatAppDialog${block(lines, '      ')}
    />
  );
}
`;
}

/** @type {Snippet} */
function angular(values, lists) {
  // Every value is a class field: so none needs the template's own escapes, such as those of {{ }}.
  const bindings = set(values).map(({name}) => `[${name}]="${name}"`);
  if (callback(values).length) bindings.push('[getAccessToken]="getAccessToken"');
  bindings.push(...switches(values).map((name) => `[${name}]="true"`));
  bindings.push('(chatapp-error)="onError($event)"');
  const texts = set(values)
    .filter(({name}) => !isList(name) && name !== 'accessToken')
    .map(({name, value}) => `${name} = ${number(name, value) ?? javascript(value)};`);
  const type = callback(values).length ? "import type {GetAccessToken} from 'chatapp-dialog';\n" : '';
  return `import {Component, CUSTOM_ELEMENTS_SCHEMA} from '@angular/core';
import 'chatapp-dialog';
${type}
@Component({
  selector: 'app-customer-dialog',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: \`
    <chatapp-dialog${block(bindings, '      ')}
    ></chatapp-dialog>
  \`,
})
export class CustomerDialog {${block([...texts, ...declarations(values, lists, {type: ': GetAccessToken'})], '  ')}

  onError(event: HTMLElementEventMap['chatapp-error']) {
    console.error(event.error.message);
  }
}
`;
}

/** @type {Snippet} */
function phpLink(values, lists) {
  const given = set(values).filter(({name}) => isList(name));
  if (given.length > 0 && given.every(({name}) => isList(name) && lists[name].length === 0)) {
    return `<?php
// This customer has no phone and no chat id. http_build_query() leaves empty arrays out,
// so the link would open ALL chats: print no link for this customer.
`;
  }
  const hasToken = callback(values).length > 0 || (values.tokenSource === 'typed' && values.accessToken !== null);
  const api = /** @type {const} */ ([
    ['access_token', hasToken ? '$accessToken' : null],
    [
      'license_id',
      values.licenseId && (/^[1-9]\d{0,14}$/.test(values.licenseId) ? values.licenseId : php(values.licenseId)),
    ],
    ['messenger_type', values.messengerType && php(values.messengerType)],
    ['crm_domain', values.crmDomain && php(values.crmDomain)],
    ['employee_ext_code', values.employeeExtCode && php(values.employeeExtCode)],
  ]).flatMap(([key, value]) => (value ? [`'${key}' => ${value},`] : []));
  const crm = given.flatMap(({name}) =>
    isList(name) && lists[name].length ? [`'${name}' => [${lists[name].map(php).join(', ')}],`] : [],
  );
  const group = (/** @type {string} */ key, /** @type {string[]} */ lines) =>
    lines.length ? `\n    '${key}' => [${block(lines, '        ')}\n    ],` : '';
  const token = hasToken ? `// ${ADVICE}\n$accessToken = '${PLACEHOLDER}';\n\n` : '';
  const [address = '', ...hash] = (values.baseUrl ?? 'https://dialogs.pro/').split(/(?=#)/);
  const start = php(address + (address.includes('?') ? '&' : '?'));
  const end = hash.length ? ` . ${php(hash.join(''))}` : '';
  return `<?php
${token}$fields = [${group('api', api)}${group('crm', crm)}
];
$url = ${start} . http_build_query($fields)${end};
?>
<a href="<?= htmlspecialchars($url) ?>" target="_blank" rel="noopener">Open the chat</a>
`;
}

/** @type {readonly {id: string, title: string, write: Snippet}[]} */
export const SNIPPETS = [
  {id: 'html', title: 'HTML', write: html},
  {id: 'link', title: 'Link', write: link},
  {id: 'vue', title: 'Vue', write: vue},
  {id: 'react', title: 'React', write: react},
  {id: 'angular', title: 'Angular', write: angular},
  {id: 'php', title: 'PHP link', write: phpLink},
];
