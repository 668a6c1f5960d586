// The code to paste, made from what the form holds. A token is never in it: a page that has one typed in gets a route
// instead, the safest way to sign in.
import {attribute, javascript, javascriptList, jsx, php} from './escape.js';
import {tokenSourceOf} from './tokens.js';
import {ATTRIBUTES, SWITCHES, TOKEN_ROUTE} from './values.js';

/**
 * @typedef {import('./values.js').Values} Values
 * @typedef {{phones: readonly string[], dialogIds: readonly string[]}} Lists  as the element reads them
 * @typedef {(values: Values, lists: Lists) => string} Snippet
 */

const ROUTE = 'Called right before each opening. The route is your own server’s.';

/** The route that answers with a token. @param {Values} values */
const routeOf = ({tokenSource, accessTokenUrl, accessToken}) =>
  tokenSource !== 'typed' ? null : (accessTokenUrl ?? (accessToken === null ? null : TOKEN_ROUTE));

/** @param {Values} values */
const set = (values) =>
  ATTRIBUTES.flatMap(([name, attr]) => {
    if (name === 'accessToken') return [];
    const value = name === 'accessTokenUrl' ? routeOf(values) : values[name];
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
const number = (name, value) => (/^(loadTimeout|keepAlive)$/.test(name) && /^\d+$/.test(value) ? value : null);

/** @param {string} name @returns {name is 'phones' | 'dialogIds'} */
const isList = (name) => name === 'phones' || name === 'dialogIds';

/** @param {Values} values */
const hasToken = (values) => callback(values).length > 0 || routeOf(values) !== null;

/** @param {readonly string[]} lines @param {string} indent */
const block = (lines, indent) => lines.map((line) => `\n${indent}${line}`).join('');

/** Inputs of the frame, of which a link has none. @type {readonly string[]} */
const OF_THE_FRAME = ['sandbox', 'allow', 'label', 'loading', 'loadTimeout', 'keepAlive', 'probe'];

/** @param {Values} values @param {string} tag @param {string} [text] */
function htmlOf(values, tag, text = '') {
  const lines = set(values).map(({attr, value}) => `${attr}=${attribute(value)}`);
  lines.push(...switches(values));
  // Set before the script arrives, so that the chat opens once.
  const scriptLines = callbackDeclaration(values, `document.querySelector('${tag}').getAccessToken`);
  const script = scriptLines.length ? `\n<script>${block(scriptLines, '  ')}\n</script>\n` : '';
  const route =
    routeOf(values) === null ? '' : '<!-- access-token-url is a route of your own server: docs/token.md. -->\n';
  return `<!-- The file is in the npm package. Serve it from your own site. -->
<script defer src="/chatapp-dialog.min.js"></script>

${route}<${tag}${block(lines, '  ')}${lines.length ? '\n' : ''}>${text}</${tag}>
${script}`;
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
 * What a framework's snippet declares in its script: lists, and the callback that gets the token.
 * @param {Values} values
 * @param {Lists} lists
 * @param {{keyword?: string, type?: string}} [options]  `keyword`: 'const ' or, for a class field, ''; `type`: the callback's
 */
function declarations(values, lists, {keyword = '', type = ''} = {}) {
  return [
    ...set(values).flatMap(({name}) => (isList(name) ? [`${keyword}${name} = ${javascriptList(lists[name])};`] : [])),
    ...callbackDeclaration(values, `${keyword}getAccessToken${type}`),
  ];
}

/** @type {Snippet} */
function vue(values, lists) {
  const lines = set(values).map(({name, attr, value}) =>
    isList(name) ? `.${name}="${name}"` : `${attr}=${attribute(value)}`,
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
    const code = isList(name) ? name : number(name, value);
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
    .filter(({name}) => !isList(name))
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
  const api = /** @type {const} */ ([
    ['access_token', hasToken(values) ? '$accessToken' : null],
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
  const token = hasToken(values)
    ? `require __DIR__ . '/chatapp.php'; // docs/recipes/php.md: it keeps a live token\n$accessToken = chatapp_token();\n\n`
    : '';
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
