// What HTML would leave unread: without a check, each of these would open all chats.
import {expect} from '@open-wc/testing';
import '../../src/index.js';
import type {ChatAppDialog, ChatAppDialogLink} from '../../src/index.js';
import {loadAfter, secondOrigin, settleAfter, settled, setupTest} from '../support/harness.js';

/** An element from markup, as a page has it; a name such as `[phones]` can be set by the parser only. */
async function fromMarkup<T extends HTMLElement = ChatAppDialog>(attributes: string, tag = 'chatapp-dialog') {
  const {base, requests} = secondOrigin();
  const box = document.createElement('div');
  document.body.append(box);
  box.innerHTML = `<${tag} base-url="${base}" ${attributes}></${tag}>`;
  const el = box.firstElementChild as T & ChatAppDialog;
  await settled(el);
  return {el, box, base, requests};
}

afterEach(() => {
  document.querySelectorAll('chatapp-dialog, chatapp-dialog-link').forEach((el) => el.remove());
});

const observed = ({status, error, frame, url}: ChatAppDialog) => ({status, error, hasFrame: frame !== null, url});
const NOT_READY = {status: 'idle', error: null, hasFrame: false, url: null} as const;

describe('a template that is not filled in', () => {
  const UNFILLED = [
    ':phones="c.phones"',
    ':phones.prop="c.phones"',
    ':dialog-ids.camel="c.ids"',
    ':dialogIds="c.ids"',
    'v-bind:phones="c.phones"',
    'v-bind="c"',
    'v-bind.prop="c"',
    'v-bind:[name]="c.phones"',
    'th:attr="phones=${phones}"',
    'data-th-phones="${phones}"',
    'data-bind="attr: {phones: phone}"',
    'x-bind:phones="c.phones"',
    'x-bind="c"',
    '[phones]="c.phones"',
    '[attr.phones]="c.phones"',
    '[(phones)]="c.phones"',
    '[dialogIds]="c.ids"',
    'bind-phones="c.phones"',
    '.phones="c.phones"',
    'bind:phones="c.phones"',
    'prop:phones="c.phones"',
    'attr:phones="c.phones"',
    'ng-attr-phones="c.phones"',
    'data-ng-attr-phones="c.phones"',
    'ng-prop-dialog_ids="c.ids"',
    'phones.bind="c.phones"',
    'dialog-ids.to-view="c.ids"',
    'th:phones="c.phones"',
    ':phone="c.phones"',
    ':licence-id="c.license"',
    ':fields="c"',
    '[fields]="c"',
    ':crm-domain="c.domain"',
    '{{#if c}} data-x {{/if}}',
    '{...c}',
    'data-phones="79991234567"',
    'messenger-type="telegram",phones="79991234567"',
    '*phones="c.phones"',
    'phones:="79991234567"',
    '“phones”="79991234567"',
  ];
  for (const attribute of UNFILLED) {
    it(`opens nothing: ${attribute}`, async () => {
      const {el, requests} = await fromMarkup(attribute);
      expect(observed(el)).to.deep.equal(NOT_READY);
      expect(await requests()).to.have.length(0);
    });
  }

  it('opens when the field is set', async () => {
    const {el, requests} = await fromMarkup(':phones="c.phones"');
    await loadAfter(el, () => (el.phones = ['79991234567']));
    expect((await requests()).map(({url}) => url)).to.have.length(1);
  });

  it('is no hindrance where Alpine leaves it beside the attribute that it has set', async () => {
    const {el} = await fromMarkup(
      ':phones="c.phones" phones="79991234567" :disabled="busy" :label="c.name" x-bind="c"',
    );
    expect([el.error, el.url]).to.deep.equal([
      null,
      `${el.getAttribute('base-url')}?crm%5Bphones%5D%5B0%5D=79991234567`,
    ]);
    expect(el.frame).not.to.equal(null);
  });

  it('is none where a framework adds attributes of its own', async () => {
    const own =
      'data-v-7ba5bd90 _ngcontent-ng-c1 ng-reflect-phones="1" data-reactroot x-data="{}" x-show="a" :class="c" :style="s" ' +
      '@chatapp-load="f" v-cloak wire:id="a" hx-get="/a" data-turbo-permanent data-url="/a" data-src="/b" data-token="t" ' +
      'data-phone-id="5" aria-label="a" :key="k" ref="r" slot="s" part="p" on:click="f" (click)="f" #ref @click="f"';
    const {el} = await fromMarkup(`phones="79991234567" ${own}`);
    expect(el.error).to.equal(null);
    expect(el.frame).not.to.equal(null);
    const all = await fromMarkup(own);
    expect(all.el.frame, 'all chats, as the page means it').not.to.equal(null);
  });

  for (const markup of [
    'v-bind="c"',
    'x-bind="c"',
    ':fields="f"',
    '[fields]="f"',
    '{...c}',
    '{{#if p}} data-x {{/if}}',
  ]) {
    it(`is not filled in by a license: ${markup}`, async () => {
      const {el} = await fromMarkup(`license-id="30310" messenger-type="telegram" ${markup}`);
      expect(observed(el)).to.deep.equal(NOT_READY);
    });
  }

  it('counts after disabled, and never says that the customer has no phone', async () => {
    const {el} = await fromMarkup(':phones="c.phones" disabled');
    expect(observed(el)).to.deep.equal(NOT_READY);
    await settleAfter(el, () => (el.disabled = false));
    expect(observed(el)).to.deep.equal(NOT_READY);
    const {el: link} = await fromMarkup<ChatAppDialogLink>(':phones="c.phones"', 'chatapp-dialog-link');
    expect([link.error, link.url]).to.deep.equal([null, null]);
    expect(link.shadowRoot!.querySelector('a')!.hasAttribute('href')).to.equal(false);
    expect(link.shadowRoot!.querySelector('small')!.textContent).to.equal('');
  });

  it('closes what is open, if the field is taken away', async () => {
    const {el} = await fromMarkup(':phones="c.phones" phones="79991234567"');
    await settleAfter(el, () => el.removeAttribute('phones'));
    expect(observed(el)).to.deep.equal(NOT_READY);
  });

  it('is told on the console, once, by the name of the attribute, if it stays so', async function () {
    this.timeout(20_000);
    const {warn} = console;
    const told: string[] = [];
    try {
      await new Promise<void>((resolve) => {
        console.warn = (text: string) => {
          told.push(text);
          resolve();
        };
        void fromMarkup(':phones="c.secret"');
      });
    } finally {
      console.warn = warn;
    }
    expect(told).to.deep.equal(['<chatapp-dialog>: :phones: the template is not filled in. Set the property phones.']);
  });
});

describe('a missing quote', () => {
  for (const markup of ['class="chat phones="79991234567"', 'license-id="30310 phones="7"', "title='a phones='7'"]) {
    it(`is an error, and opens nothing: ${markup}`, async () => {
      const {el} = await fromMarkup(markup);
      expect([el.status, el.error?.code, el.frame === null]).to.deep.equal(['error', 'invalid-field', true]);
      expect(el.error!.message).to.equal('A quote is missing in the tag: it is part of the name of an attribute.');
    });
  }
});

describe('a misspelt attribute', () => {
  const MISSPELT: [string, string][] = [
    ['phone', 'phones'],
    ['crm-phones', 'phones'],
    ['customer-phone', 'phones'],
    ['tel', 'phones'],
    ['phone_number', 'phones'],
    ['crm[phones][0]', 'phones'],
    ['licence-id', 'license-id'],
    ['license', 'license-id'],
    ['license_id', 'license-id'],
    ['api[license_id]', 'license-id'],
    ['dialog-id', 'dialog-ids'],
    ['chat-id', 'dialog-ids'],
    ['dialog_ids', 'dialog-ids'],
    ['token', 'access-token'],
    ['access_token', 'access-token'],
    ['src', 'base-url'],
    ['url', 'base-url'],
    ['disable', 'disabled'],
  ];
  for (const [misspelt, attribute] of MISSPELT) {
    it(`${misspelt} is an error that names ${attribute}`, async () => {
      const {el, requests} = await fromMarkup(`${misspelt}="SECRET"`);
      expect(el.error!.message)
        .to.contain(`${attribute}: no attribute ${misspelt}: set the property`)
        .and.to.contain(`or the attribute ${attribute}.`)
        .and.not.to.contain('SECRET');
      expect(el.url).to.equal(null);
      expect(await requests()).to.have.length(0);
    });
  }

  it('is an error on the link too, but with-token is an attribute there', async () => {
    const {el} = await fromMarkup<ChatAppDialogLink>('phone="7"', 'chatapp-dialog-link');
    expect(el.error!.message).to.contain('phones: no attribute phone');
    const {el: link} = await fromMarkup<ChatAppDialogLink>('phones="7" with-token', 'chatapp-dialog-link');
    expect(link.error).to.equal(null);
  });

  it('is one in any case that XML keeps', async () => {
    for (const name of ['dialogIds', 'PHONES', 'Phone', 'baseURL']) {
      const {el, requests} = await setupTest({properties: {disabled: true}, loaded: false});
      el.setAttributeNS(null, name, '1');
      await settleAfter(el, () => (el.disabled = false));
      expect(el.error?.message, name).to.contain(`no attribute ${name}`);
      expect(await requests()).to.have.length(0);
    }
  });

  it('is noticed when it comes and when it goes', async () => {
    const {el} = await setupTest();
    await settleAfter(el, () => el.setAttribute('phone', '7'));
    expect([el.status, el.frame]).to.deep.equal(['error', null]);
    await loadAfter(el, () => el.removeAttribute('phone'));
  });

  it('is one as a property too, as Angular sets [phone]', async () => {
    for (const name of ['phone', 'chatId', 'licenceId']) {
      const {el} = await setupTest({properties: {disabled: true}, loaded: false});
      await settleAfter(el, () => Object.assign(el, {[name]: '7', disabled: false}));
      expect(el.error?.message, name).to.contain(`no property ${name}: set the property`);
    }
  });
});
