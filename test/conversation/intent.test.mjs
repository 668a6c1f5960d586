// What a page wants, read from inputs of any kind: the pure part of the element, without a browser.
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {intentOf} from '../../dist/conversation/intent.js';
import {mannerOf} from '../../dist/conversation/manner.js';
import {ChatAppDialogError, ERROR_CODES} from '../../dist/dialog-error.js';
import {FIELDS} from '../../dist/url/fields.js';
import {hostileValues} from '../support/hostile-values.mjs';

/**
 * @typedef {import('../../dist/conversation/intent.js').Intent} Intent
 * @typedef {import('../../dist/conversation/intent.js').Inputs} Inputs
 */

const NO_INPUTS = {
  accessToken: null,
  getAccessToken: null,
  accessTokenUrl: null,
  baseUrl: null,
  sandbox: null,
  allow: null,
  disabled: false,
  fault: null,
  notReady: false,
  page: {origin: 'https://crm.example', baseURI: 'https://crm.example/customers/'},
};

/** The intent of these fields and inputs. Fields are told from inputs by the table of fields. */
function intentWith(/** @type {Record<string, any>} */ given = {}, /** @type {Intent | undefined} */ last = undefined) {
  const isField = (/** @type {string} */ name) => !Object.hasOwn(NO_INPUTS, name);
  const entries = Object.entries(given);
  const fields = Object.fromEntries(entries.filter(([name]) => isField(name)));
  const inputs = Object.fromEntries(entries.filter(([name]) => !isField(name)));
  return intentOf(() => ({...NO_INPUTS, ...inputs, fields}), last);
}

/** @returns {any} */
const conversationWith = (
  /** @type {Record<string, any>} */ given,
  /** @type {Intent | undefined} */ last = undefined,
) => {
  const intent = intentWith(given, last);
  assert.equal(intent.kind, 'conversation');
  return intent;
};

/** @returns {any} */
const invalidWith = (/** @type {Record<string, any>} */ given, /** @type {Intent | undefined} */ last = undefined) => {
  const intent = intentWith(given, last);
  assert.equal(intent.kind, 'invalid');
  return intent;
};

const IDENTITY = [...Object.keys(FIELDS).filter((name) => name !== 'accessToken'), 'baseUrl', 'sandbox', 'allow'];

/** Hostile values that these inputs can take all the same, because they say something. */
const ACCEPTED = /** @type {Record<string, string[]>} */ ({
  licenseId: ['-1'],
  messengerType: ['-1'],
  crmDomain: ['-1'],
  employeeExtCode: ['-1'],
  phones: ['-1'],
  dialogIds: ['-1'],
  sandbox: ['a huge text', 'a lone surrogate', 'an unfilled template value'],
  allow: ['a huge text', 'a lone surrogate', 'an unfilled template value'],
});

/** Every hostile value as this input, for a check that says which value it was. */
function eachHostileValue(
  /** @type {string} */ input,
  /** @type {Record<string, any>} */ given,
  /** @type {(intent: Intent, name: string, again: (last: Intent) => Intent) => void} */ check,
) {
  for (const [name, value] of Object.entries(hostileValues())) {
    const all = {...given, [input]: value};
    check(intentWith(all, intentWith({phones: ['1']})), name, (last) => intentWith(all, last));
  }
}

describe('intentOf, for a hostile value as', () => {
  for (const input of IDENTITY) {
    it(`${input}: is invalid, says why without the value, and says so once`, () => {
      // A base URL that is an object, because the group of parked conversations is read from it too.
      for (const baseUrl of [null, new URL('https://dialogs.example/')]) {
        eachHostileValue(input, {phones: ['1'], baseUrl}, (intent, name, again) => {
          assert.equal(intent.kind, ACCEPTED[input]?.includes(name) ? 'conversation' : 'invalid', name);
          if (intent.kind !== 'invalid') return;
          assert.ok(intent.error instanceof ChatAppDialogError, name);
          assert.ok(ERROR_CODES.includes(intent.error.code), name);
          assert.notEqual(intent.error.code, 'internal', name);
          assert.doesNotMatch(`${intent.error.message} ${intent.error.cause}`, /SECRET|79990000000/, name);
          const second = again(intent);
          assert.equal(second.kind === 'invalid' && second.error, intent.error, name);
        });
      }
    });
  }

  it('accessToken: is a bad credential of the same conversation, and says so once', () => {
    const good = conversationWith({phones: ['1'], accessToken: 'a'});
    eachHostileValue('accessToken', {phones: ['1']}, (intent, name, again) => {
      assert.equal(intent.id, good.id, name);
      const {credential} = /** @type {any} */ (intent);
      if (['-1', 'a huge text'].includes(name)) return;
      assert.equal(credential.kind, 'bad', name);
      assert.equal(credential.error.field, 'accessToken', name);
      assert.doesNotMatch(credential.error.message, /SECRET|79990000000/, name);
      assert.equal(/** @type {any} */ (again(intent)).credential.error, credential.error, name);
    });
  });

  it('getAccessToken: is a bad credential of the same conversation, unless it is a function', () => {
    const good = conversationWith({phones: ['1'], getAccessToken: () => 'a'});
    eachHostileValue('getAccessToken', {phones: ['1']}, (intent, name, again) => {
      assert.equal(intent.id, good.id, name);
      const {credential} = /** @type {any} */ (intent);
      assert.equal(credential.kind, name.includes('function') ? 'callback' : 'bad', name);
      if (credential.kind !== 'bad') return;
      assert.equal(credential.error.field, 'getAccessToken', name);
      assert.equal(/** @type {any} */ (again(intent)).credential.error, credential.error, name);
    });
  });

  it('an answer of the callback: throws an error with a code, without the value', () => {
    const intent = conversationWith({phones: ['1'], getAccessToken: () => 'a'});
    for (const field of ['accessToken', 'crmDomain', 'employeeExtCode']) {
      for (const [name, value] of Object.entries(hostileValues())) {
        if (name === '-1') continue;
        assert.throws(
          () => intent.urlWith({accessToken: 'a', [field]: value}),
          (/** @type {any} */ error) => {
            assert.ok(error instanceof ChatAppDialogError, name);
            assert.doesNotMatch(error.message, /SECRET|79990000000/, name);
            return true;
          },
          name,
        );
      }
    }
  });

  it('inputs that cannot be read: is invalid, whatever is thrown', () => {
    for (const [name, thrown] of Object.entries(hostileValues())) {
      const intent = intentOf(() => {
        throw thrown;
      });
      assert.equal(intent.kind === 'invalid' && intent.error.code, 'internal', name);
      assert.doesNotMatch(/** @type {any} */ (intent).error.message, /SECRET|79990000000/, name);
    }
  });

  it('the name of a thrown error: quotes it only if it is a text', () => {
    for (const [name, value] of Object.entries(hostileValues())) {
      const intent = intentOf(() => {
        throw Object.defineProperty(new Error('SECRET'), 'name', {value});
      });
      assert.equal(intent.kind, 'invalid', name);
    }
  });
});

describe('an error of an input', () => {
  it('is the same object while the same bad inputs stay, in new arrays too', () => {
    const first = invalidWith({phones: ['abc']});
    assert.equal(invalidWith({phones: ['abc']}, first).error, first.error);
  });

  it('is the same object while presentation and credentials change', () => {
    const first = invalidWith({phones: ['abc']});
    assert.equal(invalidWith({phones: ['abc'], accessToken: 'a'}, first).error, first.error);
  });

  const CHANGES = /** @type {[string, Record<string, unknown>, Record<string, unknown>][]} */ ([
    ['another bad phone', {phones: ['abc']}, {phones: ['abd']}],
    ['another bad phone at another place', {phones: ['abc']}, {phones: ['1', 'abc']}],
    ['another customer beside the same bad field', {licenseId: NaN, phones: ['1']}, {licenseId: NaN, phones: ['2']}],
    ['another number that is none', {licenseId: NaN}, {licenseId: Infinity}],
    ['another type', {licenseId: Symbol('a')}, {licenseId: () => {}}],
    ['another customer beside a bigint', {licenseId: 1n, phones: ['1']}, {licenseId: 1n, phones: ['2']}],
    ['another base URL', {baseUrl: 'a'}, {baseUrl: 'b'}],
    ['another sandbox', {sandbox: 1}, {sandbox: 2}],
  ]);
  for (const [name, before, after] of CHANGES) {
    it(`is another object for ${name}`, () => {
      const first = invalidWith(before);
      const second = invalidWith(after, first);
      assert.notEqual(second.id, first.id);
      assert.notEqual(second.error, first.error);
    });
  }

  it('is another object after a good value in between', () => {
    const first = invalidWith({phones: ['abc']});
    const good = intentWith({phones: ['1']}, first);
    assert.notEqual(invalidWith({phones: ['abc']}, good).error, first.error);
  });

  it('of a bad credential is the same object while its value is, and another one for another value', () => {
    for (const [input, value, other] of [
      ['accessToken', NaN, 'null'],
      ['accessToken', 'undefined', 'null'],
      ['getAccessToken', 'a', 'b'],
      ['accessTokenUrl', 7, 8],
    ]) {
      const first = conversationWith({[/** @type {string} */ (input)]: value});
      assert.equal(first.credential.kind, 'bad');
      assert.equal(
        conversationWith({[/** @type {string} */ (input)]: value}, first).credential.error,
        first.credential.error,
      );
      assert.notEqual(
        conversationWith({[/** @type {string} */ (input)]: other}, first).credential.error,
        first.credential.error,
      );
    }
  });

  it('names what the template wrote, before it looks at the fields', () => {
    const fault = new ChatAppDialogError('invalid-field', 'phones: no attribute phone.', 'phones');
    assert.equal(invalidWith({fault, phones: ['abc']}).error, fault);
  });
});

describe('the id of an intent', () => {
  const of = (/** @type {Record<string, any>} */ given) => intentWith(given).id;

  it('is the same for new arrays, lists as texts and other credentials', () => {
    const id = of({phones: ['1', '2'], licenseId: 5});
    assert.equal(of({phones: '1, 2', licenseId: '5'}), id);
    assert.equal(of({phones: ['+1', '(2)'], licenseId: 5, accessToken: 'a'}), id);
    assert.equal(of({phones: ['1', '2'], licenseId: 5, getAccessToken: () => 'a'}), id);
  });

  it('is another one for each input of identity', () => {
    const given = {
      licenseId: 1,
      messengerType: 'telegram',
      crmDomain: 'crm.example',
      employeeExtCode: 1,
      phones: ['1'],
      dialogIds: ['1@c.us'],
      baseUrl: 'https://dialogs.example/',
      sandbox: 'allow-scripts',
      allow: 'camera',
    };
    assert.deepEqual(Object.keys(given).toSorted(), IDENTITY.toSorted());
    const ids = Object.entries(given).map(([name, value]) => of({[name]: value}));
    assert.equal(new Set([of({}), ...ids]).size, ids.length + 1);
  });

  it('never holds the token', () => {
    for (const given of [{phones: ['1']}, {phones: ['abc']}, {disabled: true}, {phones: []}, {licenseId: 1n}]) {
      assert.doesNotMatch(JSON.stringify([of({...given, accessToken: 'SECRET'})]), /SECRET/);
    }
  });
});

describe('what opens nothing', () => {
  it('is disabled first, whatever the other inputs are', () => {
    const fault = new ChatAppDialogError('invalid-field', 'fields: the object cannot be read.', 'fields');
    for (const given of [{}, {phones: ['abc']}, {phones: []}, {baseUrl: 'a'}, {fault}, {accessToken: NaN}]) {
      const intent = intentWith({...given, disabled: true});
      assert.equal(intent.kind === 'nothing' && intent.reason, 'disabled');
    }
    for (const input of IDENTITY) {
      eachHostileValue(input, {disabled: true}, (intent, name) => assert.equal(intent.kind, 'nothing', name));
    }
  });

  it('is a customer whose filters are all empty', () => {
    for (const given of [{phones: []}, {dialogIds: []}, {phones: '', dialogIds: []}, {phones: [], licenseId: 1}]) {
      const intent = intentWith(given);
      assert.equal(intent.kind === 'nothing' && intent.reason, 'no-filter-value');
    }
  });

  it('is not a customer with one filter value, nor an element without a filter', () => {
    for (const given of [{}, {licenseId: 1}, {phones: null}, {phones: ['1'], dialogIds: []}]) conversationWith(given);
  });

  it('is invalid rather than empty if another field is bad', () => {
    invalidWith({phones: [], licenseId: NaN});
  });
});

describe('the credential', () => {
  const kindOf = (/** @type {Record<string, any>} */ given) => conversationWith(given).credential.kind;
  const getAccessToken = () => 'a';

  it('is the callback before the token', () => {
    assert.equal(kindOf({getAccessToken, accessToken: 'a'}), 'callback');
    assert.equal(kindOf({getAccessToken, accessToken: NaN}), 'callback');
    assert.equal(kindOf({getAccessToken: null, accessToken: 'a'}), 'token');
  });

  it('is none where the values are empty', () => {
    for (const empty of [undefined, null, '']) assert.equal(kindOf({accessToken: empty}), 'none');
    for (const empty of [undefined, null]) assert.equal(kindOf({getAccessToken: empty}), 'none');
  });

  it('is the URL before the token, and the callback before the URL', () => {
    assert.equal(kindOf({accessTokenUrl: '/token', accessToken: 'a'}), 'url');
    assert.equal(kindOf({accessTokenUrl: '/token', getAccessToken}), 'callback');
    for (const empty of [undefined, null, '']) assert.equal(kindOf({accessTokenUrl: empty, accessToken: 'a'}), 'token');
  });

  it('is a URL of the page’s own origin, relative to its base', () => {
    for (const [value, url] of [
      ['/token', 'https://crm.example/token'],
      ['token?a=1', 'https://crm.example/customers/token?a=1'],
      ['https://crm.example/token', 'https://crm.example/token'],
    ]) {
      assert.equal(conversationWith({phones: ['1'], accessTokenUrl: value}).credential.source, url);
    }
  });

  it('is bad where the URL is none, or not of the page’s own origin', () => {
    for (const [value, problem] of /** @type {[unknown, RegExp][]} */ ([
      ['https://evil.example/token', /another origin/],
      ['//evil.example/token', /another origin/],
      ['http://crm.example/token', /another origin/],
      ['https://crm.example:8443/token', /another origin/],
      ['data:application/json,{}', /another origin/],
      ['javascript:0', /another origin/],
      ['https://SECRET:SECRET@crm.example/token', /another origin/],
      ['https://', /not a URL/],
      [7, /pass a string/],
    ])) {
      const {kind, error} = conversationWith({phones: ['1'], accessTokenUrl: value}).credential;
      assert.deepEqual([kind, error.code, error.field], ['bad', 'invalid-field', 'accessTokenUrl'], String(value));
      assert.match(error.message, problem);
      assert.doesNotMatch(error.message, /SECRET/);
    }
  });

  it('is bad where the page has no origin of its own', () => {
    const page = {origin: 'null', baseURI: 'https://crm.example/'};
    const {kind, error} = conversationWith({phones: ['1'], accessTokenUrl: '/token', page}).credential;
    assert.deepEqual(
      [kind, error.message],
      ['bad', 'access-token-url: this page has no origin of its own. Use getAccessToken.'],
    );
  });

  it('names the URL where its answer cannot be used', () => {
    const intent = conversationWith({phones: ['1'], accessTokenUrl: '/token'});
    assert.throws(() => intent.urlWith({accessToken: 'a', crmDomain: {}}), {
      code: 'access-token',
      field: 'accessTokenUrl',
      message: 'access-token-url: the answer has an unusable crmDomain.',
    });
  });

  it('is bad rather than the token if the callback is not a function', () => {
    assert.equal(kindOf({getAccessToken: 'getToken()', accessToken: 'a'}), 'bad');
  });
});

describe('urlWith', () => {
  const query = (/** @type {any} */ intent, /** @type {any} */ answer = undefined) =>
    Object.fromEntries(new URL(intent.urlWith(answer)).searchParams);

  it('adds the token, which the URL is without', () => {
    const intent = conversationWith({phones: ['1'], accessToken: 'a/b+c'});
    assert.deepEqual(query(intent), {'api[access_token]': 'a/b+c', 'crm[phones][0]': '1'});
    assert.doesNotMatch(intent.url, /access_token/);
  });

  it('takes who the agent is from the answer, and the rest from the fields', () => {
    const given = {phones: ['1'], crmDomain: 'field.example', employeeExtCode: 1, getAccessToken: () => 'a'};
    const intent = conversationWith(given);
    assert.deepEqual(query(intent, {accessToken: 'b', crmDomain: 'answer.example'}), {
      'api[access_token]': 'b',
      'api[crm_domain]': 'answer.example',
      'api[employee_ext_code]': '1',
      'crm[phones][0]': '1',
    });
    assert.equal('api[access_token]' in query(intent, {}), false);
  });

  it('never sends a stale token beside the answer of a callback', () => {
    const intent = conversationWith({phones: ['1'], accessToken: 'stale', getAccessToken: () => null});
    assert.deepEqual(query(intent, {}), {'crm[phones][0]': '1'});
  });

  it('reads the list once: a later change in place changes nothing', () => {
    const phones = ['1'];
    const intent = conversationWith({phones});
    phones[0] = '2';
    assert.deepEqual(query(intent), {'crm[phones][0]': '1'});
  });

  it('throws an error of the token for an answer that cannot be used', () => {
    const intent = conversationWith({phones: ['1'], getAccessToken: () => 'a'});
    assert.throws(() => intent.urlWith({accessToken: 'a', crmDomain: {}}), {
      code: 'access-token',
      field: 'getAccessToken',
    });
  });
});

describe('the group of parked conversations', () => {
  const groupOf = (/** @type {Record<string, any>} */ given) => intentWith({phones: ['1'], ...given}).parkingGroup;

  it('is the same for customers of one agent, and another one for another agent, place or right', () => {
    const group = groupOf({});
    assert.equal(groupOf({phones: ['2'], licenseId: 5}), group);
    const others = [
      {crmDomain: 'a'},
      {employeeExtCode: 1},
      {baseUrl: 'https://dialogs.example/'},
      {sandbox: ''},
      {allow: 'camera'},
      {accessToken: 'a'},
    ].map(groupOf);
    assert.equal(new Set([group, ...others]).size, others.length + 1);
  });

  it('stays for a customer without a phone, and for a bad phone', () => {
    assert.equal(groupOf({phones: []}), groupOf({}));
    assert.equal(groupOf({phones: ['abc']}), groupOf({}));
  });

  it('is the same for a base URL as a text and as a URL', () => {
    const baseUrl = 'https://dialogs.example/';
    assert.equal(groupOf({baseUrl: new URL(baseUrl)}), groupOf({baseUrl}));
  });

  it('keeps none for inputs that are not plain', () => {
    for (const input of ['crmDomain', 'employeeExtCode', 'baseUrl', 'sandbox', 'allow']) {
      for (const baseUrl of [null, new URL('https://dialogs.example/')]) {
        eachHostileValue(input, {phones: ['1'], baseUrl}, ({parkingGroup}, name) => {
          const isPlain =
            typeof hostileValues()[/** @type {'a map'} */ (name)] === 'string' || /^(NaN|Infinity|-1|1e21)$/.test(name);
          assert.equal(parkingGroup === null, !isPlain, name);
        });
      }
    }
    assert.equal(groupOf({disabled: true}), null);
  });
});

describe('properties of Object.prototype', () => {
  /** Runs a function while the prototype of all objects has a property. */
  function withPrototypeProperty(
    /** @type {string} */ name,
    /** @type {unknown} */ value,
    /** @type {() => void} */ run,
  ) {
    const prototype = /** @type {any} */ (Object.prototype);
    prototype[name] = value;
    try {
      run();
    } finally {
      delete prototype[name];
    }
  }

  it('are neither filters nor credentials', () => {
    const {url} = conversationWith({licenseId: 5});
    for (const name of [...Object.keys(FIELDS), 'extend']) {
      let found = '';
      withPrototypeProperty(name, ['phones', 'dialogIds'].includes(name) ? ['9'] : '9', () => {
        found = conversationWith({licenseId: 5}).urlWith();
      });
      assert.equal(found, url, name);
    }
  });

  it('do not open all chats for a customer without a phone', () => {
    withPrototypeProperty('dialogIds', ['9'], () => assert.equal(intentWith({phones: []}).kind, 'nothing'));
    withPrototypeProperty('phones', [], () => assert.equal(intentWith({licenseId: 5}).kind, 'conversation'));
  });
});

describe('mannerOf', () => {
  const DEFAULTS = {isLazy: false, loadTimeout: 30_000, keepAlive: 0, label: 'ChatApp Dialog', probe: false};
  /** The manner, and what it reports. */
  const read = (/** @type {Record<string, unknown>} */ inputs) => {
    /** @type {string[]} */
    const problems = [];
    return {
      manner: mannerOf(
        () => inputs,
        (problem) => problems.push(problem),
      ),
      problems,
    };
  };
  const TAKEN = /** @type {Record<string, string[]>} */ ({
    loadTimeout: ['Infinity', '1e21', 'a huge text'],
    label: ['a huge text', 'a lone surrogate', 'an unfilled template value'],
  });

  for (const input of ['loading', 'loadTimeout', 'keepAlive', 'label']) {
    it(`${input}: uses the default for a hostile value, and reports it once`, () => {
      for (const [name, value] of Object.entries(hostileValues())) {
        if (TAKEN[input]?.includes(name)) continue;
        const {manner, problems} = read({[input]: value});
        assert.deepEqual(manner, DEFAULTS, name);
        assert.equal(problems.length, 1, name);
        assert.doesNotMatch(problems.join(), /SECRET|79990000000/, name);
      }
    });
  }

  it('probe: takes any value as a boolean', () => {
    for (const value of Object.values(hostileValues())) assert.equal(read({probe: value}).manner.probe, !!value);
  });

  it('uses the defaults for empty inputs, and reports nothing', () => {
    for (const empty of [undefined, null, '']) {
      const inputs = {loading: empty, loadTimeout: empty, keepAlive: empty, label: empty, probe: empty};
      assert.deepEqual(read(inputs), {manner: DEFAULTS, problems: []});
    }
  });

  it('uses the defaults for blank texts, of which Number() makes 0, and reports them', () => {
    const {manner, problems} = read({loadTimeout: ' ', keepAlive: '\n'});
    assert.deepEqual([manner, problems.length], [DEFAULTS, 2]);
  });

  it('uses the defaults if a getter throws, and reports it', () => {
    /** @type {string[]} */
    const problems = [];
    const inputs = Object.defineProperty({}, 'label', {
      get() {
        throw new Error('SECRET');
      },
    });
    assert.deepEqual(
      mannerOf(
        () => inputs,
        (problem) => problems.push(problem),
      ),
      DEFAULTS,
    );
    assert.deepEqual(problems, ['a property of the element cannot be read.']);
  });

  it('reads numbers from texts', () => {
    const {manner, problems} = read({loading: 'lazy', loadTimeout: '0', keepAlive: '3', label: 'Chat', probe: true});
    assert.deepEqual(manner, {isLazy: true, loadTimeout: 0, keepAlive: 3, label: 'Chat', probe: true});
    assert.deepEqual(problems, []);
  });
});
