// The playground's code to paste: values with quotes and worse come out as they went in, the token never does.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import * as escape from '../../demo/playground/escape.js';
import {SNIPPETS} from '../../demo/playground/snippets.js';
import {ATTRIBUTES, listText, valuesWith} from '../../demo/playground/values.js';

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
      assert.ok(code.includes('LIVE_ACCESS_TOKEN'));
      // A link has no frame, so nothing about one.
      const names = ATTRIBUTES.map(([name]) => name).filter(
        (name) =>
          !['php', 'link'].includes(id) || !['sandbox', 'allow', 'label', 'loading', 'loadTimeout'].includes(name),
      );
      for (const name of names) {
        if (name === 'accessToken') continue;
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
        !code.includes('LIVE_ACCESS_TOKEN') &&
          !code.includes('disabled') &&
          !code.includes('probe') &&
          !code.includes('getAccessToken'),
      );
    });

    test(`${id} has a callback to fill in where one is chosen, and no token beside it`, () => {
      const code = write(
        valuesWith({
          accessToken: 'secret-token',
          tokenSource: 'second',
          probe: true,
          loading: 'lazy',
          loadTimeout: '5000',
        }),
        lists,
      );
      assert.ok(!code.includes('secret-token'));
      if (id === 'php') {
        assert.ok(code.includes('LIVE_ACCESS_TOKEN'), 'a link has its token at once');
        return;
      }
      assert.ok(!code.includes('LIVE_ACCESS_TOKEN') && !/\baccessToken\b(?!;)/.test(code), 'no token');
      for (const part of ['async ({signal}) =>', "fetch('/api/chatapp-token'", 'getAccessToken'])
        assert.ok(code.includes(part), part);
      for (const part of ['probe', 'lazy', '5000']) assert.equal(code.includes(part), id !== 'link', part);
      assert.equal(/'5000'/.test(code), false);
    });

    test(`${id} has no token where none is chosen`, () => {
      const code = write(valuesWith({accessToken: 'secret-token', tokenSource: 'none'}), lists);
      assert.ok(!code.includes('secret-token') && !code.includes('LIVE_ACCESS_TOKEN') && !code.includes('ccessToken'));
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
