import {expect} from '@open-wc/testing';
import {ChatAppDialog} from '../src/element.js';

describe('registering', () => {
  it('leaves the tag to another copy that holds it, and warns with both versions', async () => {
    class OtherCopy extends HTMLElement {
      static version = '0.0.1';
    }
    // Importing the classes alone has not taken the tag.
    customElements.define('chatapp-dialog', OtherCopy);
    const warnings: unknown[] = [];
    const {warn} = console;
    console.warn = (...words: unknown[]) => warnings.push(...words);
    try {
      await import('../src/define.js');
    } finally {
      console.warn = warn;
    }
    expect(customElements.get('chatapp-dialog')).to.equal(OtherCopy);
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.contain('<chatapp-dialog> 0.0.1').and.to.contain(ChatAppDialog.version);
  });
});
