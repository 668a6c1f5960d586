import {expect, fixture, html, waitUntil} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import '../src/define.js';
import {type ChatAppDialogLink, type GetAccessToken} from '../src/element.js';
import '../src/locales/ru.js';
import {focusPage, nextEvent, recordTabs, settled, TOKEN} from './support/harness.js';

const BASE = 'https://dialogs.example/';
const HREF = `${BASE}?crm%5Bphones%5D%5B0%5D=79991234567`;

async function setupLink(properties: Partial<ChatAppDialogLink> = {}, label = 'Chat') {
  const el = document.createElement('chatapp-dialog-link');
  Object.assign(el, {baseUrl: BASE, phones: ['+7 999 123-45-67'], ...properties});
  el.textContent = label;
  const errors: string[] = [];
  el.addEventListener('chatapp-error', ({error}) => errors.push(error.message));
  const box = await fixture<HTMLDivElement>(html`<div></div>`);
  box.append(el);
  await settled(el);
  const anchor = el.shadowRoot!.querySelector('a')!;
  const reason = () => el.shadowRoot!.querySelector<HTMLElement>('[part=error]')!.innerText;
  return {el, anchor, reason, errors};
}

describe('<chatapp-dialog-link>', () => {
  it('is a link to the conversation, in a new tab', async () => {
    const {el, anchor, reason} = await setupLink({licenseId: 30310, messengerType: 'grWhatsApp'});
    expect(anchor.href).to.equal(
      `${BASE}?api%5Blicense_id%5D=30310&api%5Bmessenger_type%5D=grWhatsApp&crm%5Bphones%5D%5B0%5D=79991234567`,
    );
    expect([anchor.target, anchor.rel, anchor.part.value, reason()]).to.deep.equal(['_blank', 'noopener', 'link', '']);
    expect(el.error).to.equal(null);
    await expect(el).to.be.accessible();
  });

  it('takes its inputs from attributes', async () => {
    const box = await fixture(
      html`<div>
        <chatapp-dialog-link base-url=${BASE} phones="79991234567" target="_self" rel="opener" with-token
          >Chat</chatapp-dialog-link
        >
      </div>`,
    );
    const el = box.querySelector('chatapp-dialog-link')!;
    const {href, target, rel} = el.shadowRoot!.querySelector('a')!;
    expect([href, target, rel, el.withToken]).to.deep.equal([HREF, '_self', 'opener', true]);
  });

  it('opens in a new tab too where a framework has emptied target and rel', async () => {
    const {anchor} = await setupLink({target: '', rel: ''});
    expect([anchor.target, anchor.rel]).to.deep.equal(['_blank', 'noopener']);
  });

  it('follows another customer', async () => {
    const {el, anchor} = await setupLink();
    el.phones = ['1'];
    await el.updateComplete;
    expect(anchor.href).to.contain('=1');
  });

  it('says what a link does where it holds no text', async () => {
    const {anchor, el} = await setupLink({}, '');
    expect(anchor.innerText).to.equal('Open in a new tab');
    el.lang = 'ru';
    el.requestUpdate();
    await el.updateComplete;
    expect(anchor.innerText).to.equal('Открыть в новой вкладке');
  });

  it('never holds the token, and opens without one', async () => {
    const {el, anchor} = await setupLink({accessToken: TOKEN, withToken: true});
    expect(anchor.href).to.equal(HREF);
    expect(el.url).to.equal(HREF);
    expect(el.outerHTML + el.shadowRoot!.innerHTML).not.to.contain('SECRET');
  });

  it('gets the focus by the keyboard and by focus()', async () => {
    await focusPage();
    const {el, anchor} = await setupLink();
    el.focus();
    expect(el.shadowRoot!.activeElement === anchor).to.equal(true);
    const before = document.createElement('button');
    el.before(before);
    before.focus();
    await sendKeys({press: 'Tab'});
    expect(el.shadowRoot!.activeElement === anchor).to.equal(true);
  });

  it('inherits the page’s colours, dark too', async () => {
    const {anchor} = await setupLink();
    const light = getComputedStyle(anchor).color;
    document.documentElement.style.colorScheme = 'dark';
    expect(getComputedStyle(anchor).color).not.to.equal(light);
    document.documentElement.style.colorScheme = '';
  });

  describe('is no link, and says why,', () => {
    const BAD: [string, Partial<ChatAppDialogLink>, RegExp, string][] = [
      [
        'a bad phone',
        {phones: ['SECRET']},
        /^This customer's phone number can't be used\. Correct it\. phones\[0]: not a phone/,
        'phones',
      ],
      ['a bad base URL', {baseUrl: 'http://SECRET.example'}, /base-url: pass an https: URL/, 'baseUrl'],
      ['an unknown field', {fields: {phone: 'SECRET'}} as never, /phone is no field/, 'phone'],
      ['a token that cannot be used', {withToken: true, accessToken: '\uD800'}, /access-token: /, 'accessToken'],
      [
        'getAccessToken that is no function',
        {withToken: true, getAccessToken: 'SECRET' as never},
        /get-access-token: set the property/,
        'getAccessToken',
      ],
    ];
    for (const [what, inputs, message, field] of BAD) {
      it(`for ${what}`, async () => {
        const {el, anchor, reason, errors} = await setupLink(inputs);
        expect([anchor.hasAttribute('href'), anchor.ariaDisabled, el.error?.field]).to.deep.equal([
          false,
          'true',
          field,
        ]);
        expect(reason()).to.match(message).and.not.to.contain('SECRET');
        expect(errors).to.deep.equal([el.error!.message]);
        anchor.click();
        await expect(el).to.be.accessible();
        Object.assign(el, {baseUrl: BASE, fields: {phones: [1]}, accessToken: null, getAccessToken: null});
        await el.updateComplete;
        expect([anchor.hasAttribute('href'), anchor.ariaDisabled, el.error, reason()]).to.deep.equal([
          true,
          'false',
          null,
          '',
        ]);
      });
    }

    it('to a listener that the page adds after it has appended the link', async () => {
      const box = await fixture<HTMLDivElement>(html`<div></div>`);
      const el = document.createElement('chatapp-dialog-link');
      el.setAttribute('phones', 'SECRET');
      box.append(el);
      const {error} = await nextEvent(el, 'chatapp-error');
      expect(error).to.equal(el.error);
      expect(error).to.include({code: 'invalid-field', field: 'phones'});
    });

    it('but for what is good by the end of the task', async () => {
      const {el, errors} = await setupLink();
      el.phones = ['SECRET'];
      await el.updateComplete;
      el.phones = ['1'];
      await settled(el);
      expect([errors, el.error]).to.deep.equal([[], null]);
    });

    it('for a customer without phone and chat', async () => {
      const {el, anchor, reason, errors} = await setupLink({phones: []});
      expect([anchor.hasAttribute('href'), el.url, el.error, reason()]).to.deep.equal([
        false,
        null,
        null,
        'This customer has no phone or chat. Add a phone number.',
      ]);
      expect(errors).to.deep.equal([]);
    });

    it('but for disabled, which needs no reason', async () => {
      const {el, anchor, reason, errors} = await setupLink({
        disabled: true,
        phones: ['bad'],
        withToken: true,
        accessToken: '\uD800',
      });
      expect([anchor.hasAttribute('href'), reason(), errors.length]).to.deep.equal([false, '', 0]);
      el.phones = undefined;
      expect(await el.openInNewTab().catch(({name}: Error) => name)).to.equal('InvalidStateError');
      Object.assign(el, {disabled: false, phones: ['79991234567'], accessToken: TOKEN});
      await el.updateComplete;
      expect(anchor.href).to.equal(HREF);
    });
  });

  describe('with-token', () => {
    const withToken = (answer: GetAccessToken) => setupLink({withToken: true, getAccessToken: answer});

    it('opens with the token when it is activated, by keys too', async () => {
      await focusPage();
      const {el, anchor} = await setupLink({withToken: true, accessToken: 'token'});
      const tabs = recordTabs();
      anchor.click();
      await el.updateComplete;
      el.focus();
      await sendKeys({press: 'Enter'});
      await el.updateComplete;
      const tab = {hasOpener: false, closed: false, url: HREF.replace('crm', 'api%5Baccess_token%5D=token&crm')};
      expect(tabs).to.deep.equal([tab, tab]);
    });

    it('asks getAccessToken once for each activation, with what the click meant', async () => {
      let answer!: (token: string) => void;
      const reasons: string[] = [];
      const {el, anchor} = await withToken(({reason}) => {
        reasons.push(reason);
        return new Promise((resolve) => (answer = resolve));
      });
      const tabs = recordTabs();
      anchor.click();
      el.phones = ['1'];
      await el.updateComplete;
      answer('token');
      await waitUntil(() => tabs[0]!.url);
      expect(reasons).to.deep.equal(['open']);
      expect(tabs.map(({url}) => url)).to.deep.equal([HREF.replace('crm', 'api%5Baccess_token%5D=token&crm')]);
    });

    it('says so where no token comes, stays a link, and forgets it with the next customer', async () => {
      const {el, anchor, reason, errors} = await withToken(() => Promise.reject(new Error('SECRET')));
      const tabs = recordTabs();
      const failed = nextEvent(el, 'chatapp-error');
      anchor.click();
      expect((await failed).error).to.include({code: 'access-token', field: 'getAccessToken'});
      expect(reason())
        .to.match(
          /^You couldn't be signed in\. If this happens again, tell your administrator\. getAccessToken rejected/,
        )
        .and.not.to.contain('SECRET');
      expect([tabs[0]!.closed, anchor.href, el.error?.code, errors.length]).to.deep.equal([
        true,
        HREF,
        'access-token',
        1,
      ]);
      el.phones = ['1'];
      await el.updateComplete;
      expect([el.error, reason()]).to.deep.equal([null, '']);
    });

    it('leaves the click to the browser where a script of the page has broken window.open', async () => {
      const {el, anchor} = await setupLink({withToken: true, accessToken: 'token'});
      window.open = () => {
        throw new Error('of the page');
      };
      let isTaken: boolean | undefined;
      el.addEventListener('click', (event) => {
        isTaken = event.defaultPrevented;
        event.preventDefault();
      });
      anchor.click();
      expect([isTaken, anchor.href]).to.deep.equal([false, HREF]);
      const failure = await el.openInNewTab().catch((error: unknown) => error);
      expect(failure).to.be.instanceOf(DOMException).and.include({name: 'NotAllowedError'});
    });

    it('keeps saying so while the page renders the same customer again', async () => {
      const {el, anchor, reason} = await withToken(() => Promise.reject(new Error('SECRET')));
      recordTabs();
      // As frameworks do, in the handler of the error.
      el.addEventListener('chatapp-error', () =>
        Object.assign(el, {phones: ['79991234567'], getAccessToken: () => Promise.reject(new Error('SECRET'))}),
      );
      const failed = nextEvent(el, 'chatapp-error');
      anchor.click();
      await failed;
      await el.updateComplete;
      expect([el.error?.code, reason().startsWith("You couldn't be signed in.")]).to.deep.equal(['access-token', true]);
    });

    it('says nothing of a failure for the customer before', async () => {
      let reject!: (reason: unknown) => void;
      const {el, anchor, reason, errors} = await withToken(() => new Promise((_, fail) => (reject = fail)));
      const tabs = recordTabs();
      anchor.click();
      el.phones = ['1'];
      await el.updateComplete;
      reject(new Error('SECRET'));
      await waitUntil(() => tabs[0]!.closed);
      await settled(el);
      expect([el.error, reason(), errors.length]).to.deep.equal([null, '', 0]);
    });

    const PLAIN: [string, Partial<ChatAppDialogLink>, ((anchor: HTMLAnchorElement) => void)?][] = [
      ['without a token', {withToken: true}],
      ['without with-token', {accessToken: 'token', getAccessToken: () => 'token'}],
      [
        'by the middle button',
        {withToken: true, accessToken: 'token'},
        (anchor) => anchor.dispatchEvent(new MouseEvent('auxclick', {button: 1, cancelable: true})),
      ],
      [
        'where the page has taken the click',
        {withToken: true, accessToken: 'token'},
        (anchor) => {
          anchor.addEventListener('click', (event) => event.preventDefault(), {capture: true, once: true});
          anchor.click();
        },
      ],
    ];
    for (const [how, inputs, activate = (anchor: HTMLAnchorElement) => anchor.click()] of PLAIN) {
      it(`${how} leaves the click alone`, async () => {
        const {el, anchor} = await setupLink(inputs);
        const tabs = recordTabs();
        let isTaken: boolean | undefined;
        // At the last moment, so that the test's page does not open the tab.
        el.addEventListener('click', (event) => {
          isTaken = event.defaultPrevented;
          event.preventDefault();
        });
        activate(anchor);
        expect(tabs).to.deep.equal([]);
        if (how.startsWith('without')) expect(isTaken).to.equal(false);
      });
    }
  });
});
