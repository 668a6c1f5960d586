// The playground's code to paste: values with quotes and worse come out as they went in, the token never does.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {describe, test} from 'node:test';
import * as escape from '../../demo/playground/escape.js';
import {SNIPPETS} from '../../demo/playground/snippets.js';
import {ATTRIBUTES, listText, SWITCHES, valuesWith} from '../../demo/playground/values.js';

const NASTY = [
  'plain',
  `He said "it's"`,
  'back\\slash\\',
  '</script><!--',
  'a&amp;b',
  '${x} `{{y}}`',
  'two\nlines',
  '\u2028',
  '?> $a',
  '',
];
/** @param {string} code @returns {unknown} */
const evaluate = (code) => new Function(`return ${code}`)();

describe('escaping', () => {
  for (const value of NASTY) {
    test(JSON.stringify(value), () => {
      const script = escape.javascript(value);
      assert.equal(evaluate(script), value);
      assert.doesNotMatch(script, /<|\n|\u2028/);
      const jsx = escape.jsx(value);
      assert.equal(jsx.startsWith('{') ? evaluate(jsx.slice(1, -1)) : jsx.slice(1, -1), value);
      const php = escape.php(value);
      assert.match(php, /^'(\\[\\']|[^\\'])*'$/s);
      assert.equal(php.slice(1, -1).replace(/\\([\\'])/g, '$1'), value);
      const inHtml = escape.attribute(value).slice(1, -1);
      assert.doesNotMatch(inHtml, /["<>\n]/);
      const back = {'&quot;': '"', '&lt;': '<', '&gt;': '>', '&#10;': '\n', '&amp;': '&'};
      assert.equal(
        inHtml.replace(/&(quot|lt|gt|#10|amp);/g, (found) => back[/** @type {keyof typeof back} */ (found)]),
        value,
      );
    });
  }

  test('a list is a list again, whatever its items hold', () => {
    assert.equal(listText(['79991234567', '@a']), '79991234567, @a');
    assert.deepEqual(JSON.parse(listText(['a,b', '"c"'])), ['a,b', '"c"']);
  });
});

test('the form has every attribute of the element', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../dist/custom-elements.json', import.meta.url), 'utf8'));
  /** @type {{name: string, attributes?: {name: string}[]}[]} */
  const classes = manifest.modules.flatMap((/** @type {any} */ {declarations = []}) => declarations);
  const attributes = classes.find(({name}) => name === 'ChatAppDialog')?.attributes?.map(({name}) => name) ?? [];
  assert.deepEqual([...ATTRIBUTES.map(([, name]) => name), ...SWITCHES].toSorted(), attributes.toSorted());
});

describe('snippets', () => {
  const full = valuesWith({
    ...Object.fromEntries(ATTRIBUTES.map(([name]) => [name, `value-of-${name}`])),
    accessToken: 'secret-token',
    disabled: true,
  });
  const lists = {phones: ['111'], dialogIds: ['222']};

  for (const {id, write} of SNIPPETS) {
    test(`${id} has what is set and never the token`, () => {
      const code = write(full, lists);
      assert.ok(!code.includes('secret-token'));
      // A link has no frame, so nothing about one.
      const names = ATTRIBUTES.map(([name]) => name).filter(
        (name) =>
          !['php', 'link'].includes(id) ||
          !['sandbox', 'allow', 'label', 'loading', 'loadTimeout', 'keepAlive'].includes(name),
      );
      for (const name of names) {
        if (name === 'accessToken' || (name === 'accessTokenUrl' && id === 'php')) continue;
        const listed = ['html', 'link'].includes(id)
          ? undefined
          : {phones: '111', dialogIds: '222'}[/** @type {string} */ (name)];
        assert.ok(code.includes(listed ?? `value-of-${name}`), `${name} is there`);
      }
    });

    test(`${id} has nothing that is not set`, () => {
      const code = write(valuesWith(), {phones: [], dialogIds: []});
      for (const [name, attribute] of ATTRIBUTES) {
        if (name === 'allow' || name === 'label') continue; // words of their own
        assert.ok(!code.includes(name) && !code.includes(attribute), `${name} is not there`);
      }
      assert.ok(
        !code.includes('chatapp_token') &&
          !code.includes('disabled') &&
          !code.includes('probe') &&
          !code.includes('getAccessToken'),
      );
    });

    test(`${id} has a callback to fill in where one is chosen, and no token beside it`, () => {
      const code = write(
        valuesWith({
          accessToken: 'secret-token',
          accessTokenUrl: '/token',
          tokenSource: 'second',
          probe: true,
          loading: 'lazy',
          loadTimeout: '5000',
          keepAlive: '3',
        }),
        lists,
      );
      assert.ok(!code.includes('secret-token'));
      if (id === 'php') {
        assert.ok(code.includes('chatapp_token()'), 'a link has its token at once');
        return;
      }
      assert.ok(!/\baccessToken\b(?!;)|access-token-url|accessTokenUrl/.test(code), 'no other source');
      for (const part of ['async ({signal}) =>', "fetch('/api/chatapp-token'", 'getAccessToken'])
        assert.ok(code.includes(part), part);
      for (const part of ['probe', 'lazy', '5000']) assert.equal(code.includes(part), id !== 'link', part);
      assert.equal(/'(5000|3)'/.test(code), false);
    });

    test(`${id} takes a route of the server instead of a typed token`, () => {
      const code = write(valuesWith({accessToken: 'secret-token'}), lists);
      assert.ok(!code.includes('secret-token'));
      assert.match(code, id === 'php' ? /\$accessToken = chatapp_token\(\);/ : /["'=]\/api\/chatapp-token/);
      assert.equal(/access-?token(-u|U)rl/i.test(code), id !== 'php');
    });

    test(`${id} has no token where none is chosen`, () => {
      const code = write(
        valuesWith({accessToken: 'secret-token', accessTokenUrl: '/token', tokenSource: 'none'}),
        lists,
      );
      assert.doesNotMatch(code, /secret-token|ccessToken|access-token|chatapp_token/);
    });
  }

  test('the callback that says who the agent is answers all three', () => {
    for (const {id, write} of SNIPPETS) {
      if (id !== 'php')
        assert.match(
          write(valuesWith({tokenSource: 'employee'}), lists),
          /return response\.json\(\); \/\/ \{accessToken, crmDomain, employeeExtCode\}/,
        );
    }
  });
});
