import {expect, fixture, html} from '@open-wc/testing';
import {ChatAppDialog, ChatAppDialogLink} from '../src/element.js';

customElements.define('my-dialog', ChatAppDialog);
customElements.define('my-link', class extends ChatAppDialogLink {});
// After that, for it registers the package's own tags.
const {nextEvent, secondOrigin} = await import('./support/harness.js');

describe('the classes alone', () => {
  for (const tag of ['my-dialog', 'chatapp-dialog']) {
    it(`work as <${tag}>, beside the other name`, async () => {
      const {base, requests} = secondOrigin();
      const box = await fixture(html`<div></div>`);
      const el = document.createElement(tag) as ChatAppDialog;
      expect(el).to.be.instanceOf(ChatAppDialog);
      Object.assign(el, {baseUrl: base, phones: ['7']});
      const load = nextEvent(el, 'chatapp-load');
      box.append(el);
      await load;
      expect(await requests()).to.have.length(1);
    });
  }

  it('work as a link of another name', async () => {
    const box = await fixture(
      html`<div><my-link phones="7">Chat</my-link><chatapp-dialog-link phones="7">Chat</chatapp-dialog-link></div>`,
    );
    for (const el of box.children) expect(el.shadowRoot!.querySelector('a')!.href).to.contain('=7');
  });
});
