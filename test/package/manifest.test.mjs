// The custom elements manifest and the running elements say the same, in both directions.
import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {after, before, describe, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import sirv from 'sirv';
import {listen} from '../../demo/stand-in/listen.mjs';
import {createStandIn} from '../../demo/stand-in/server.mjs';
import {launch, openPage} from '../support/browser-page.mjs';

/**
 * @typedef {import('puppeteer-core').Page} Page
 * @typedef {{name: string} & Record<string, any>} Item  of the manifest; what it has, the tests ask
 * @typedef {{name: string, tagName?: string, description: string, attributes: Item[], members: Item[]} &
 *   Partial<Record<'events' | 'slots' | 'cssParts' | 'cssStates' | 'cssProperties', Item[]>>} Declaration
 * @typedef {{path: string, declarations: Declaration[], exports: {kind: string, name: string, declaration: {name: string, module: string}}[]}} Module
 */

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (/** @type {string} */ path) => readFileSync(root + path, 'utf8');
const packageJson = JSON.parse(read('package.json'));
/** @type {{modules: Module[]}} */
const {modules} = JSON.parse(read('dist/custom-elements.json'));
const elements = modules.flatMap(({declarations}) => declarations).filter(({tagName}) => tagName);
const sorted = (/** @type {string[]} */ ...texts) => texts.toSorted();
const namesOf = (/** @type {{name: string}[]} */ items) => sorted(...items.map(({name}) => name));
/** What a default says, where it is a plain value. */
const valueOf = (/** @type {string | undefined} */ text) =>
  text === undefined ? null : text.startsWith("'") ? text.slice(1, -1) : JSON.parse(text);

// Not the script tag: in it the names of classes are gone.
const LIT = {
  lit: 'lit/index.js',
  '@lit/reactive-element': '@lit/reactive-element/reactive-element.js',
  'lit-element/lit-element.js': 'lit-element/lit-element.js',
  'lit-html': 'lit-html/lit-html.js',
  'lit-html/is-server.js': 'lit-html/is-server.js',
};
const imports = Object.fromEntries(Object.entries(LIT).map(([name, file]) => [name, `/node_modules/${file}`]));
const HTML = `<!doctype html><html lang="en"><title>Test</title>
<script type="importmap">${JSON.stringify({imports})}</script>
<script type="module">import {LitElement as Base} from 'lit'; import '/dist/index.js'; Object.assign(globalThis, {Base});</script>`;

/** @type {import('puppeteer-core').Browser} */
let browser;
const standIn = createStandIn();
const files = sirv(root, {dev: true});
const server = createServer((request, response) => {
  if (request.url === '/') response.writeHead(200, {'Content-Type': 'text/html'}).end(HTML);
  else if (request.url === '/favicon.ico') response.writeHead(204).end();
  else files(request, response);
});
let dialogs = '';
let origin = '';
before(async () => {
  browser = await launch();
  dialogs = `${await standIn.listen()}/`;
  origin = (await listen(server)).replace('127.0.0.1', 'localhost');
});
after(async () => {
  await Promise.all([browser?.close(), standIn.close()]);
  server.close();
  server.closeAllConnections();
});

/** A page with the elements, where `seen` keeps what they did. @param {import('node:test').TestContext} t @param {{answered?: string, expected?: RegExp[]}} [options] */
async function open(t, options) {
  const page = await openPage(t, browser, options);
  await page.evaluateOnNewDocument(() => {
    const internals = new WeakMap();
    /** @type {Record<string, Set<string>>} */
    const seen = Object.fromEntries(
      ['tags', 'events', 'parts', 'slots', 'states', 'delays'].map((what) => [what, new Set()]),
    );
    /** @param {any} target @param {string} name @param {(self: any, args: any[], result: any) => void} tell */
    const watch = (target, name, tell) => {
      const original = target[name];
      target[name] = function (/** @type {any[]} */ ...args) {
        const result = original.apply(this, args);
        tell(this, args, result);
        return result;
      };
    };
    /** Keeps what is in an element's shadow tree now. @param {any} el */
    const look = (el) => {
      for (const {part} of el.shadowRoot.querySelectorAll('[part]')) for (const name of part) seen.parts?.add(name);
      for (const {name} of el.shadowRoot.querySelectorAll('slot')) seen.slots?.add(name);
      for (const state of internals.get(el)?.states ?? []) if (el.matches(`:state(${state})`)) seen.states?.add(state);
    };
    watch(CustomElementRegistry.prototype, 'define', (_, [tag, {name}]) => seen.tags?.add(`${tag} ${name}`));
    watch(HTMLElement.prototype, 'attachInternals', (el, _, result) => internals.set(el, result));
    watch(globalThis, 'setTimeout', (_, [, delay]) => seen.delays?.add(`${delay}`));
    watch(EventTarget.prototype, 'dispatchEvent', (el, [event]) => {
      if (!el.localName?.startsWith('chatapp-')) return;
      seen.events?.add(`${event.type} ${event.constructor.name}`);
      look(el);
    });
    Object.assign(globalThis, {seen, look});
  });
  await page.goto(`${origin}/`);
  return page;
}

/** @param {Page} page @param {'tags' | 'events' | 'parts' | 'slots' | 'states'} what @returns {Promise<string[]>} */
const seen = async (page, what) =>
  sorted(...(await page.evaluate((what) => [.../** @type {any} */ (globalThis).seen[what]], what)));

/** Waits until something holds for the page's element, and looks at it then. @param {Page} page @param {(el: any) => unknown} condition */
const until = (page, condition) =>
  page.waitForFunction(
    `((el) => (${condition})(el) && (look(el), true))(document.querySelector('chatapp-dialog, chatapp-dialog-link'))`,
  );

/** Brings each element into all that it can show. @type {Record<string, (page: Page) => Promise<void>>} */
const RUNS = {
  async 'chatapp-dialog'(page) {
    const set = (/** @type {object} */ properties) =>
      page.$eval('chatapp-dialog', (el, given) => void Object.assign(el, given), properties);
    await page.evaluate(() => {
      const el = document.createElement('chatapp-dialog');
      el.style.marginTop = '9000px';
      document.body.append(Object.assign(el, {disabled: true}));
    });
    await until(page, (el) => el.matches(':state(idle)'));
    await set({baseUrl: dialogs, loading: 'lazy', disabled: false});
    await until(page, (el) => el.matches(':state(waiting)'));
    await page.$eval(
      'chatapp-dialog',
      (el) => void Object.assign(el, {loading: null, getAccessToken: () => new Promise(() => {})}),
    );
    await until(page, (el) => el.matches(':state(authorizing)'));
    await page.$eval(
      'chatapp-dialog',
      (el) => void Object.assign(el, {getAccessToken: () => Promise.reject(), accessToken: null}),
    );
    await page.$eval('chatapp-dialog', (el) => /** @type {any} */ (el).reload());
    await until(page, (el) => el.matches(':state(error)'));
    await set({getAccessToken: null, baseUrl: `${dialogs}scene/never/`});
    await until(page, (el) => el.matches(':state(loading)'));
    await set({baseUrl: dialogs});
    await until(page, (el) => el.matches(':state(loaded)'));
    // A token that cannot be used leaves the open conversation alone.
    await set({accessToken: 'undefined'});
    await until(page, (el) => el.error && el.status === 'loaded');
    await set({accessToken: null, phones: ['bad']});
    await until(page, (el) => el.matches(':state(error)'));
    await set({phones: ['7']});
    await until(page, (el) => el.matches(':state(loaded)'));
  },
  async 'chatapp-dialog-link'(page) {
    await page.evaluate(() =>
      document.body.append(Object.assign(document.createElement('chatapp-dialog-link'), {phones: ['bad']})),
    );
    await until(page, (el) => el.error);
  },
};

test('every registered element is declared and defined, and has a run here', async (t) => {
  const tags = await seen(await open(t), 'tags');
  const definitions = modules.flatMap(({exports}) => exports).filter(({kind}) => kind === 'custom-element-definition');
  assert.deepEqual(sorted(...definitions.map(({name, declaration}) => `${name} ${declaration.name}`)), tags);
  assert.deepEqual(sorted(...elements.map(({tagName, name}) => `${tagName} ${name}`)), tags);
  assert.deepEqual(sorted(...Object.keys(RUNS)), sorted(...elements.map(({tagName}) => `${tagName}`)));
});

/** Observed attributes that are no inputs. */
const SPECIAL = new Set(['defer-hydration', 'filter-by-property', 'lang']);

for (const element of elements) {
  const {
    tagName: tag = '',
    name: className,
    attributes,
    members,
    events = [],
    slots = [],
    cssParts = [],
    cssStates = [],
    cssProperties = [],
  } = element;
  describe(`<${tag}>`, () => {
    test('observes the attributes of the manifest; others, which it refuses, set nothing', async (t) => {
      const page = await open(t);
      /** @type {[string, boolean][]} */
      const observed = await page.evaluate((tag) => {
        const {observedAttributes, elementProperties} = /** @type {any} */ (customElements.get(tag));
        return observedAttributes.map((/** @type {string} */ name) => {
          const el = /** @type {any} */ (document.createElement(tag));
          const values = () => JSON.stringify([...elementProperties.keys()].map((property) => el[property]));
          const before = values();
          el.setAttribute(name, '5');
          return [name, values() !== before];
        });
      }, tag);
      assert.deepEqual(
        sorted(...observed.filter(([, isSetting]) => isSetting).map(([name]) => name)),
        sorted('get-access-token', ...namesOf(attributes)),
      );
      const others = observed.filter(([name, isSetting]) => !isSetting && !SPECIAL.has(name)).map(([name]) => name);
      const accepted = await page.evaluate(
        async (tag, names) => {
          const all = names.map((name) => {
            const el = /** @type {any} */ (document.createElement(tag));
            el.setAttribute(name, '5');
            document.body.append(el);
            return el;
          });
          for (let task = 0; task < 10; task++) await new Promise((resolve) => setTimeout(resolve));
          return names.filter((_, index) => all[index].error?.code !== 'invalid-field');
        },
        tag,
        others,
      );
      assert.deepEqual(accepted, []);
    });

    test('each attribute sets its property, and no other', async (t) => {
      const page = await open(t);
      const properties = attributes.map(({fieldName}) => fieldName);
      assert.deepEqual(namesOf(members.filter(({attribute}) => attribute)), sorted(...properties));
      for (const {name, type, fieldName, default: initial} of attributes) {
        const text =
          type.text === 'number'
            ? '5'
            : ([...type.text.matchAll(/'(.*?)'/g)].find(([literal]) => literal !== initial)?.[1] ?? 'text');
        const changed = await page.evaluate(
          (tag, properties, name, text) => {
            const el = /** @type {any} */ (document.createElement(tag));
            const before = properties.map((property) => el[property]);
            el.setAttribute(name, text);
            return properties.flatMap((property, i) =>
              el[property] === before[i] ? [] : [[property, typeof el[property]]],
            );
          },
          tag,
          properties,
          name,
          text,
        );
        const field = members.find((member) => member.name === fieldName);
        // A list's text becomes an array.
        const kind = /^(?:boolean|number)$/.test(type.text)
          ? type.text
          : field?.type.text.includes('[]')
            ? 'object'
            : 'string';
        assert.deepEqual([field?.attribute, ...changed], [name, [fieldName, kind]]);
      }
    });

    test('has the properties and methods of the manifest, from where it says, and no others', async (t) => {
      const page = await open(t);
      const real = await page.evaluate((tag) => {
        const [{Base}, found] = [/** @type {any} */ (globalThis), new Map()];
        for (
          let type = /** @type {any} */ (customElements.get(tag));
          type !== Base;
          type = Object.getPrototypeOf(type)
        ) {
          for (const [name, {get, set, value}] of Object.entries(Object.getOwnPropertyDescriptors(type.prototype))) {
            // What Lit's own classes have too overrides it, as the constructor does.
            const lit = [Base, Object.getPrototypeOf(Base)];
            if (found.has(name) || lit.some(({prototype}) => Object.hasOwn(prototype, name))) continue;
            found.set(name, `${get && !set ? 'readonly ' : ''}${value ? 'method' : 'field'} ${name} of ${type.name}`);
          }
          for (const name of Object.getOwnPropertyNames(type)) {
            // Lit's settings, and what it keeps on each class.
            if (!(name in Base) && !/^(styles|properties|_\$.*)$/.test(name))
              found.set(name, `static field ${name} of ${type.name}`);
          }
        }
        return [...found];
      }, tag);
      // Only the types know what is protected.
      const types = modules.map(({path}) => read(path.replace(/js$/, 'd.ts'))).join('');
      const isProtected = (/** @type {string} */ name) => new RegExp(`^ +protected (get )?${name}\\b`, 'm').test(types);
      assert.deepEqual(
        sorted(
          ...members.map(
            ({name, kind, readonly, inheritedFrom, ...rest}) =>
              `${rest.static ? 'static ' : readonly ? 'readonly ' : ''}${kind} ${name} of ${inheritedFrom?.name ?? className}`,
          ),
        ),
        sorted(...real.filter(([name]) => !isProtected(name)).map(([, text]) => text)),
      );
    });

    test('is described, with types that need no looking up', () => {
      for (const item of [
        element,
        ...attributes,
        ...members,
        ...events,
        ...slots,
        ...cssParts,
        ...cssStates,
        ...cssProperties,
      ])
        assert.match(item.description ?? '', /\w/, item.name);
      const typed = [...attributes, ...events, ...members].flatMap((item) =>
        item.kind === 'method' ? [item.return].concat(item.parameters ?? []) : [item],
      );
      for (const {name, type} of typed)
        assert.match(type.text, /^(?!.*(ListInput|MessengerType|FrameStatus|\['|typeof)).*\w/, name);
    });

    test('fires the events, shows the parts, slots and states, and reads the custom properties of the manifest, and no others', async (t) => {
      const page = await open(t, {expected: tag === 'chatapp-dialog' ? [/getAccessToken rejected/] : []});
      await RUNS[tag]?.(page);
      assert.deepEqual(sorted(...events.map(({name, type}) => `${name} ${type.text}`)), await seen(page, 'events'));
      assert.deepEqual(namesOf(cssParts), await seen(page, 'parts'));
      assert.deepEqual(namesOf(cssStates), await seen(page, 'states'));
      // What stands in <chatapp-dialog> until the script arrives has no slot: then it is hidden.
      assert.deepEqual(namesOf(slots), sorted(...new Set(['', ...(await seen(page, 'slots'))])));
      const rules = await page.$eval(tag, ({shadowRoot}) =>
        shadowRoot?.adoptedStyleSheets.flatMap(({cssRules}) => [...cssRules].map(({cssText}) => cssText)).join(''),
      );
      const used = new Set(
        [...`${rules}`.matchAll(/var\(([^,)]+)(?:,\s*)?(.*?)\)/g)].map(([, name, fallback]) => `${name}: ${fallback}`),
      );
      assert.deepEqual(
        cssProperties.map((property) => `${property.name}: ${property.default}`),
        [...used],
      );
    });

    test('starts with the defaults of the manifest, or with nothing, which means the same', async (t) => {
      const page = await open(t, {answered: 'dialogs.pro'});
      const inputs = members.filter(({kind, readonly, name}) => kind === 'field' && !readonly && name !== 'fields');
      const defaults = new Map(inputs.map((input) => [input.name, valueOf(input.default)]));
      const fresh = await page.evaluate(
        (tag, names) => names.map((name) => /** @type {any} */ (document.createElement(tag))[name] ?? null),
        tag,
        [...defaults.keys()],
      );
      [...defaults].forEach(([name, value], i) =>
        assert.ok(fresh[i] === value || (fresh[i] === null && typeof value !== 'boolean'), name),
      );
      for (const {name, fieldName, default: initial} of attributes)
        assert.deepEqual(valueOf(initial), defaults.get(fieldName), name);

      /** What becomes of an element with these properties. @param {object} properties */
      const outcome = (properties) =>
        page.evaluate(
          async (tag, properties) => {
            const {seen} = /** @type {any} */ (globalThis);
            seen.delays.clear();
            const el = Object.assign(/** @type {any} */ (document.createElement(tag)), properties);
            // Out of view, where a lazy one would wait.
            el.style.marginTop = '9000px';
            const settled = new Promise((resolve) =>
              el.addEventListener('chatapp-statuschange', () => /waiting|loaded|error/.test(el.status) && resolve(el)),
            );
            document.body.append(el);
            await (tag === 'chatapp-dialog' ? settled : el.updateComplete);
            const {status, url, error, shadowRoot} = el;
            // The frame's name is a random one.
            const html = [...shadowRoot.querySelector('iframe, [part=link]').attributes]
              .map(({name, value}) => (name === 'name' ? name : `${name}=${value}`))
              .toSorted();
            el.remove();
            return {status, url, error: error?.message, html, delays: [...seen.delays]};
          },
          tag,
          properties,
        );
      const untouched = await outcome({});
      assert.deepEqual(
        [untouched.url, untouched.error, untouched.html.length > 3],
        ['https://dialogs.pro/', undefined, true],
      );
      assert.deepEqual(
        await outcome(Object.fromEntries([...defaults].filter(([, value]) => value !== null))),
        untouched,
      );
    });
  });
}

describe('the files', () => {
  test('are where the package says', () => {
    for (const name of ['custom-elements.json', 'vscode.html-custom-data.json', 'web-types.json']) {
      assert.equal(fileURLToPath(import.meta.resolve(`${packageJson.name}/${name}`)), `${root}dist/${name}`);
    }
    assert.deepEqual(
      [packageJson.customElements, packageJson['web-types']],
      ['./dist/custom-elements.json', './dist/web-types.json'],
    );
  });

  test('name modules that are shipped, and what those export', async () => {
    for (const [, path] of read('dist/custom-elements.json').matchAll(/"(?:path|module)": "(.*?)"/g))
      assert.ok(path?.startsWith('dist/') && existsSync(root + path), path);
    for (const {path, exports, declarations} of modules) {
      const own = exports.filter(({kind}) => kind === 'js');
      const names = await Promise.all(
        own.map(async ({name, declaration}) =>
          name === '*' ? Object.keys(await import(root + declaration.module)) : [name],
        ),
      );
      assert.deepEqual(sorted(...names.flat()), sorted(...Object.keys(await import(root + path))), path);
      for (const {name} of declarations)
        assert.ok(
          own.some((exported) => exported.name === name && exported.declaration.module === path),
          name,
        );
      for (const {name, declaration} of exports)
        assert.ok(name === '*' || declaration.name in (await import(root + declaration.module)), name);
    }
  });

  test('for VS Code and JetBrains’ IDEs name the same elements and attributes, and suggest the known values', () => {
    const messengers = [
      ...(/type MessengerType =.*?;/s.exec(read('dist/url/fields.d.ts'))?.[0] ?? '').matchAll(/'(\w+)'/g),
    ].map(([, value]) => value);
    const {tags} = JSON.parse(read('dist/vscode.html-custom-data.json'));
    const {
      contributions: {
        html: {elements: webTypes},
      },
      name,
      version,
    } = JSON.parse(read('dist/web-types.json'));
    assert.deepEqual(
      [name, version, tags.length, webTypes.length],
      [packageJson.name, packageJson.version, elements.length, elements.length],
    );
    for (const element of elements) {
      const [tag, webType] = [tags, webTypes].map((list) =>
        list.find((/** @type {Item} */ {name}) => name === element.tagName),
      );
      for (const {attributes} of [tag, webType]) assert.deepEqual(namesOf(attributes), namesOf(element.attributes));
      assert.deepEqual(
        namesOf(webType.js.properties),
        namesOf(element.members.filter((member) => member.kind === 'field' && !member.static)),
      );
      assert.deepEqual(namesOf(webType.js.events), namesOf(element.events ?? []));
      assert.deepEqual(webType.source, {symbol: element.name, module: packageJson.name});
      const byName = (/** @type {string} */ name) =>
        tag.attributes.find((/** @type {Item} */ attribute) => attribute.name === name);
      const suggested = (/** @type {string} */ name) =>
        byName(name).values.map((/** @type {Item} */ value) => value.name);
      for (const {name, type} of element.attributes) {
        assert.deepEqual(
          suggested(name),
          [...type.text.matchAll(/'(.*?)'/g)].map(([, value]) => value),
        );
        assert.equal(byName(name).valueSet, type.text === 'boolean' ? 'v' : undefined, name);
      }
      assert.deepEqual(suggested('messenger-type'), messengers);
      if (element.tagName === 'chatapp-dialog') assert.deepEqual(suggested('loading'), ['eager', 'lazy']);
      else assert.deepEqual(suggested('target'), ['_blank', '_self', '_parent', '_top']);
      assert.match(byName('access-token').description, /prefer the property/);
    }
  });
});
