import {expect, fixture, html} from '@open-wc/testing';
import {addMessages} from '../src/locales/index.js';
import {messagesFor} from '../src/messages.js';
import {settleAfter, setupTest, untilStatus, visibleText} from './support/harness.js';

// As pages do: the locale after the element, or before it, whichever arrives first.
const english = messagesFor(document.createElement('p'));
await Promise.all([import('../src/locales/ru.js'), import('../src/locales/pt.js'), import('../src/locales/es.js')]);

describe('the language', () => {
  const LANGUAGES = [
    ['ru', 'У этого клиента нет ни телефона, ни чата. Добавьте телефон.'],
    ['pt', 'Este cliente não tem telefone nem chat. Adicione um telefone.'],
    ['pt-BR', 'Este cliente não tem telefone nem chat. Adicione um telefone.'],
    ['ES-mx', 'Este cliente no tiene teléfono ni chat. Añada un teléfono.'],
    ['en', 'This customer has no phone or chat. Add a phone number.'],
    ['de', 'This customer has no phone or chat. Add a phone number.'],
    ['', 'This customer has no phone or chat. Add a phone number.'],
    ['constructor', 'This customer has no phone or chat. Add a phone number.'],
  ] as const;
  for (const [lang, text] of LANGUAGES) {
    it(`is that of the closest lang: ${lang || 'an empty one'}`, async () => {
      const {el} = await setupTest({attributes: {disabled: ''}, loaded: false});
      el.parentElement!.lang = lang;
      await settleAfter(el, () => {
        el.phones = [];
        el.disabled = false;
      });
      expect(visibleText(el)).to.equal(text);
    });
  }

  it('is the element’s own before its ancestors’', async () => {
    const box = await fixture<HTMLElement>(html`<div lang="ru"><p lang="es"></p></div>`);
    expect(messagesFor(box.querySelector('p')!).retry).to.equal('Reintentar');
    expect(messagesFor(box).retry).to.equal('Повторить');
  });

  it('is looked for beyond shadow roots', async () => {
    const box = await fixture<HTMLElement>(html`<div lang="pt"><p></p></div>`);
    const inner = box.querySelector('p')!.attachShadow({mode: 'closed'}).appendChild(document.createElement('p'));
    expect(messagesFor(inner).retry).to.equal('Tentar de novo');
  });

  it('that arrives late is shown at once', async () => {
    const {el} = await setupTest({properties: {phones: []}, attributes: {lang: 'xx'}, loaded: false});
    await settleAfter(el, () => addMessages('xx', {...english, empty: 'Late'}));
    expect(visibleText(el)).to.equal('Late');
  });

  it('is each language’s in full: no text is missing', () => {
    for (const lang of ['ru', 'pt', 'es']) {
      const element = document.createElement('p');
      element.lang = lang;
      const texts = messagesFor(element);
      expect(Object.keys(texts)).to.have.members(Object.keys(english));
      expect(Object.values(texts).every((text) => text.length > 2)).to.equal(true);
    }
  });

  it('reaches buttons and errors', async () => {
    const {el} = await setupTest({
      properties: {getAccessToken: () => Promise.reject(new Error())},
      attributes: {lang: 'ru'},
      loaded: false,
    });
    await untilStatus(el, 'error');
    expect(visibleText(el)).to.equal(
      'Не удалось выполнить вход. Если это повторится, сообщите администратору. Повторить Открыть в новой вкладке Технические подробности',
    );
  });

  it('follows a change of lang on the element and on <html>', async () => {
    const {el} = await setupTest({properties: {phones: []}, loaded: false});
    await settleAfter(el, () => (el.lang = 'ru'));
    expect(visibleText(el)).to.equal('У этого клиента нет ни телефона, ни чата. Добавьте телефон.');
    await settleAfter(el, () => el.removeAttribute('lang'));
    expect(visibleText(el)).to.equal('This customer has no phone or chat. Add a phone number.');
    const {lang} = document.documentElement;
    try {
      await settleAfter(el, () => (document.documentElement.lang = 'es'));
      expect(visibleText(el)).to.equal('Este cliente no tiene teléfono ni chat. Añada un teléfono.');
    } finally {
      document.documentElement.lang = lang;
    }
  });

  it('is watched once for all elements', async () => {
    const {observe} = MutationObserver.prototype;
    let count = 0;
    MutationObserver.prototype.observe = function (target, options) {
      if (target === document.documentElement) count++;
      observe.call(this, target, options);
    };
    try {
      const el = document.createElement('chatapp-dialog');
      el.disabled = true;
      const box = await fixture<HTMLElement>(html`<div></div>`);
      for (let i = 0; i < 10; i++) box.append(el.cloneNode());
    } finally {
      MutationObserver.prototype.observe = observe;
    }
    expect(count).to.be.at.most(1);
  });
});

describe('addMessages', () => {
  const show = (lang: string) => setupTest({properties: {phones: []}, attributes: {lang}, loaded: false});

  it('may leave texts out: those are in English, and say so', async () => {
    addMessages('partial', {idle: 'Geschlossen'});
    const {el} = await show('partial');
    expect(visibleText(el)).to.equal(english.empty);
    const text = el.shadowRoot!.querySelector('slot span:not([part])')!;
    expect([text.getAttribute('lang'), text.getAttribute('dir')]).to.deep.equal(['en', 'ltr']);
    await settleAfter(el, () => (el.disabled = true));
    expect([visibleText(el), el.shadowRoot!.querySelector('slot [lang]')]).to.deep.equal(['Geschlossen', null]);
  });

  it('replaces a text of a language, and leaves its others', async () => {
    addMessages('twice', {idle: 'Old', empty: 'Stays'});
    addMessages('TWICE-AT', {idle: 'New'});
    expect(messagesFor((await show('twice')).el)).to.include({idle: 'New', empty: 'Stays', retry: english.retry});
  });

  const HOSTILE: [string, unknown][] = [
    ['null', null],
    ['a number as text', {empty: 1}],
    ['an empty text', {empty: ' '}],
    [
      'a getter that throws',
      {
        get empty() {
          throw new Error('of the page');
        },
      },
    ],
    ['a revoked proxy', revoked()],
    ['texts that are inherited from nothing', Object.create(null)],
  ];
  for (const [index, [what, messages]] of HOSTILE.entries()) {
    it(`takes ${what} for a missing text`, async () => {
      const lang = `hostile${index}`;
      addMessages(lang, messages as never);
      expect(visibleText((await show(lang)).el)).to.equal(english.empty);
    });
  }

  it('takes texts as text, and never as HTML', async () => {
    addMessages('markup', {empty: '<img src=x onerror="window.hacked = true"><b>bold</b>'});
    const {el} = await show('markup');
    expect(visibleText(el)).to.contain('<b>bold</b>');
    expect(el.shadowRoot!.querySelector('img, b')).to.equal(null);
  });
});

function revoked(): object {
  const {proxy, revoke} = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
