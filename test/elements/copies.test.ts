// A copy of an element has its attributes and not its properties: it must open neither all chats nor an older customer.
import {expect} from '@open-wc/testing';
import '../../src/index.js';
import {ChatAppDialog} from '../../src/element.js';
import type {ChatAppDialogLink} from '../../src/index.js';
import {loadAfter, settleAfter, settled, setupTest} from '../support/harness.js';

const MARK = 'filter-by-property';
const observed = ({status, error, frame, url}: ChatAppDialog) => ({status, error, hasFrame: frame !== null, url});
const NOT_READY = {status: 'idle', error: null, hasFrame: false, url: null} as const;

/** An element whose customer came as a property, as the README shows it; with an older customer in its HTML. */
async function original(attributes: Record<string, string> = {phones: '1', disabled: ''}) {
  const test = await setupTest({attributes, loaded: false});
  await loadAfter(test.el, () => {
    test.el.phones = ['79991234567'];
    test.el.removeAttribute('disabled');
  });
  return {...test, box: test.el.parentElement!};
}

describe('the mark', () => {
  it('comes with the first identity value that is set as a property, in the same task', () => {
    for (const [name, value] of Object.entries({
      phones: [],
      dialogIds: '@a',
      licenseId: 1,
      messengerType: 'telegram',
      crmDomain: 'a',
      employeeExtCode: 1,
      baseUrl: 'https://x.example',
      disabled: true,
      fields: {phones: ['7']},
    })) {
      const el = document.createElement('chatapp-dialog');
      Object.assign(el, {[name]: value});
      expect(el.hasAttribute(MARK), name).to.equal(true);
      Object.assign(el, {[name]: name === 'disabled' ? false : null});
      expect(el.hasAttribute(MARK), `${name} is taken away`).to.equal(false);
    }
  });

  it('comes with fields that cannot be used', () => {
    const el = document.createElement('chatapp-dialog');
    el.fields = Promise.resolve({}) as never;
    expect(el.hasAttribute(MARK)).to.equal(true);
    el.fields = {};
    expect(el.hasAttribute(MARK)).to.equal(false);
  });

  it('does not come with attributes, nor with other properties', async () => {
    const {el} = await setupTest({
      attributes: {phones: '1', 'license-id': '2'},
      properties: {label: 'a', accessToken: 'b', keepAlive: 1, sandbox: 'allow-scripts', loading: 'eager'},
    });
    expect(el.hasAttribute(MARK)).to.equal(false);
    el.phones = ['2'];
    expect(el.hasAttribute(MARK)).to.equal(true);
    el.setAttribute('phones', '3');
    expect(el.hasAttribute(MARK), 'the attribute is newer').to.equal(false);
  });

  it('comes with a property that was set before the upgrade', async () => {
    const el = document.createElement('late-dialog') as ChatAppDialog;
    Object.assign(el, {phones: ['1'], disabled: true});
    document.body.append(el);
    customElements.define('late-dialog', class extends ChatAppDialog {});
    await settled(el);
    expect(el.hasAttribute(MARK)).to.equal(true);
    el.remove();
  });

  it('does not hinder a subclass that sets a field in its constructor', () => {
    customElements.define(
      'preset-dialog',
      class extends ChatAppDialog {
        constructor() {
          super();
          this.licenseId = 5;
        }
      },
    );
    const el = document.createElement('preset-dialog') as ChatAppDialog;
    expect(el.licenseId).to.equal(5);
    document.body.append(el);
    expect(el.hasAttribute(MARK)).to.equal(true);
    el.remove();
  });
});

describe('a copy', () => {
  type Copy = (el: ChatAppDialog, box: HTMLElement) => ChatAppDialog;
  const last = (box: Element) => box.querySelector<ChatAppDialog>('chatapp-dialog:last-of-type')!;
  const WAYS: Record<string, Copy> = {
    'cloneNode()': (el, box) => {
      box.append(el.cloneNode(true));
      return last(box);
    },
    'cloneNode() of the box, first in no document': (_, box) => {
      const copy = box.cloneNode(true) as HTMLElement;
      box.append(copy);
      return last(copy);
    },
    'importNode()': (el, box) => {
      box.append(document.importNode(el, true));
      return last(box);
    },
    'innerHTML +=': (_, box) => {
      box.innerHTML += '<p></p>';
      return last(box);
    },
    insertAdjacentHTML: (el, box) => {
      box.insertAdjacentHTML('beforeend', el.outerHTML);
      return last(box);
    },
    'setHTMLUnsafe() of a saved page': (el, box) => {
      const saved = `<template shadowrootmode="open">${el.shadowRoot!.innerHTML}<i>saved</i></template>`;
      const html = el.outerHTML.replace('></', `>${saved}</`);
      if ('setHTMLUnsafe' in box) box.setHTMLUnsafe(html);
      else (box as HTMLElement).innerHTML = html;
      return last(box);
    },
    'a template’s content': (el, box) => {
      const template = document.createElement('template');
      template.innerHTML = el.outerHTML;
      box.append(template.content.cloneNode(true));
      return last(box);
    },
  };
  for (const [way, copyOf] of Object.entries(WAYS)) {
    it(`opens nothing, until it gets a customer: ${way}`, async () => {
      const {el, box, requests} = await original();
      const copy = copyOf(el, box);
      await settleAfter(copy, () => copy.toggleAttribute('data-x'));
      expect(observed(copy)).to.deep.equal(NOT_READY);
      expect(copy.phones ?? null).to.equal(null);
      const {length: saved} = copy.shadowRoot!.querySelectorAll('i');
      const {length: sections} = copy.shadowRoot!.querySelectorAll('section');
      expect([saved, sections]).to.deep.equal([0, 1]);
      expect(await requests()).to.have.length(1);
      await loadAfter(copy, () => (copy.dialogIds = ['@b']));
      expect(copy.url).to.contain('?crm%5BdialogIds%5D%5B0%5D=%40b').and.not.to.contain('phones');
      await settleAfter(copy, () => (copy.dialogIds = null));
    });
  }

  it('keeps the fields that are attributes of the original, and the filters that it gets are added to them', async () => {
    const {el, box} = await original({'license-id': '5', 'messenger-type': 'telegram', phones: '1', disabled: ''});
    expect(el.getAttribute(MARK)).to.equal('phones');
    box.append(el.cloneNode(true).cloneNode(true));
    const copy = last(box);
    await settled(copy);
    expect(observed(copy)).to.deep.equal(NOT_READY);
    await loadAfter(copy, () => (copy.phones = ['79991234567']));
    expect(copy.url).to.contain('license_id');
    expect(copy.url).to.equal(el.url);
  });

  it('that lacks its filter opens nothing for another field, and the customer’s chat when the filter comes', async () => {
    const {el, box, requests} = await original();
    await loadAfter(el, () => (el.licenseId = 30310));
    const copy = el.cloneNode(true) as ChatAppDialog;
    el.remove();
    box.append(copy);
    await settleAfter(copy, () => (copy.licenseId = 30310));
    expect(observed(copy)).to.deep.equal(NOT_READY);
    await loadAfter(copy, () => (copy.phones = ['79991234568']));
    const {url} = (await requests()).at(-1)!;
    expect(decodeURIComponent(url)).to.contain('api[license_id]=30310&crm[phones][0]=79991234568');
  });

  it('keeps no attribute whose property the page has emptied', async () => {
    const {el, box} = await original({phones: '1', 'license-id': '5'});
    await loadAfter(el, () => (el.licenseId = null));
    box.append(el.cloneNode(true));
    const copy = last(box);
    await loadAfter(copy, () => (copy.phones = ['79991234567']));
    expect(copy.url).not.to.contain('license_id');
    expect(copy.url).to.equal(el.url);
  });

  it('of an element that has had only `disabled` as a property keeps its mark', async () => {
    const {el, requests} = await setupTest({properties: {disabled: true}, loaded: false});
    const copy = el.cloneNode(true) as ChatAppDialog;
    copy.disabled = false;
    const second = copy.cloneNode(true) as ChatAppDialog;
    second.disabled = true;
    second.toggleAttribute('disabled', true);
    second.removeAttribute('disabled');
    el.parentElement!.append(copy, second);
    await settled(second);
    expect([observed(copy), observed(second)]).to.deep.equal([NOT_READY, NOT_READY]);
    expect(second.hasAttribute(MARK)).to.equal(true);
    expect(await requests()).to.have.length(0);
  });

  it('keeps no attribute where the mark does not say what it is for', async () => {
    const {box, requests} = await original();
    box.innerHTML = `<chatapp-dialog phones="1" license-id="5" ${MARK}></chatapp-dialog>`;
    await settled(last(box));
    expect([last(box).licenseId, last(box).phones]).to.deep.equal([undefined, undefined]);
    expect(await requests()).to.have.length(1);
  });

  it('opens nothing where it was made in the task that set the property', async () => {
    const el = document.createElement('chatapp-dialog');
    el.phones = ['1'];
    const copy = el.cloneNode(true) as ChatAppDialog;
    document.body.append(copy);
    await settled(copy);
    expect(observed(copy)).to.deep.equal(NOT_READY);
    copy.remove();
  });

  it('stays one without its mark, and with another attribute or base URL', async () => {
    const {el, box} = await original();
    const copy = el.cloneNode(true) as ChatAppDialog;
    box.append(copy);
    await settleAfter(copy, () => copy.removeAttribute(MARK));
    expect(copy.hasAttribute(MARK)).to.equal(true);
    await settleAfter(copy, () => copy.setAttribute('phones', '2'));
    await settleAfter(copy, () => (copy.baseUrl = el.getAttribute('base-url')));
    expect(observed(copy)).to.deep.equal(NOT_READY);
  });

  it('of an element that was disabled by its property opens nothing', async () => {
    const {el, requests} = await setupTest({properties: {disabled: true}, loaded: false});
    const copy = el.cloneNode(true) as ChatAppDialog;
    el.parentElement!.append(copy);
    await settled(copy);
    expect(observed(copy)).to.deep.equal(NOT_READY);
    expect(await requests()).to.have.length(0);
  });

  it('of a copy opens nothing', async () => {
    const {el, box} = await original();
    const copy = el.cloneNode(true).cloneNode(true) as ChatAppDialog;
    box.append(copy);
    await settled(copy);
    expect(observed(copy)).to.deep.equal(NOT_READY);
  });

  it('of an element with attributes alone opens the same', async () => {
    const {el} = await setupTest({attributes: {phones: '1'}});
    const copy = el.cloneNode(true) as ChatAppDialog;
    await loadAfter(copy, () => el.parentElement!.append(copy));
    expect(copy.url).to.equal(el.url);
  });

  it('of a link is no link', async () => {
    const link = document.createElement('chatapp-dialog-link');
    link.phones = ['1'];
    const copy = link.cloneNode(true) as ChatAppDialogLink;
    document.body.append(copy);
    await settled(copy);
    expect([copy.url, copy.error, copy.shadowRoot!.querySelector('a')!.hasAttribute('href')]).to.deep.equal([
      null,
      null,
      false,
    ]);
    expect(copy.shadowRoot!.querySelector('small')!.textContent).to.equal('');
    await copy.copyLink().then(
      () => expect.fail('copied'),
      (error: DOMException) => expect(error.name).to.equal('InvalidStateError'),
    );
    copy.remove();
  });
});

describe('the original', () => {
  it('keeps its chat and gets its mark back, where a morph takes the mark away', async () => {
    const {el} = await original();
    const {frame} = el;
    await settleAfter(el, () => el.removeAttribute(MARK));
    expect(el.hasAttribute(MARK)).to.equal(true);
    expect([el.frame, el.status]).to.deep.equal([frame, 'loaded']);
  });
});
