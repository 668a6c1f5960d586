import {expect, fixture, html} from '@open-wc/testing';
import {addMessages, messagesFor} from '../src/messages.js';
import {settleAfter, setupTest, untilStatus, visibleText} from './support/harness.js';

// As pages do: the locale after the element, or before it, whichever arrives first.
const english = messagesFor(document.createElement('p'));
await Promise.all([import('../src/locales/ru.js'), import('../src/locales/pt.js'), import('../src/locales/es.js')]);

describe('the language', () => {
  const LANGUAGES = [
    ['ru', 'У этого клиента нет ни телефона, ни чата.'],
    ['pt', 'Este cliente não tem telefone nem chat.'],
    ['pt-BR', 'Este cliente não tem telefone nem chat.'],
    ['ES-mx', 'Este cliente no tiene teléfono ni chat.'],
    ['en', 'This customer has no phone or chat.'],
    ['de', 'This customer has no phone or chat.'],
    ['', 'This customer has no phone or chat.'],
    ['constructor', 'This customer has no phone or chat.'],
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
    expect(messagesFor(inner).retry).to.equal('Tentar novamente');
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
    expect(visibleText(el)).to.equal('Не удалось выполнить вход. Повторить Открыть в новой вкладке Подробности');
  });
});
