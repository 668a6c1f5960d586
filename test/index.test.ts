import {expect} from '@open-wc/testing';
import * as element from '../src/element.js';
import * as index from '../src/index.js';
import * as url from '../src/url/index.js';

describe('the main entry', () => {
  it('registers the element', () => {
    expect(customElements.get('chatapp-dialog')).to.equal(index.ChatAppDialog);
    expect(document.createElement('chatapp-dialog')).to.be.instanceOf(index.ChatAppDialog);
  });

  it('exports what the other entries export', () => {
    expect(Object.keys(index)).to.have.members([...new Set([...Object.keys(element), ...Object.keys(url)])]);
  });

  it('names the version of the package', async () => {
    const {version} = (await (await fetch('/package.json')).json()) as {version: string};
    expect(index.ChatAppDialog.version).to.equal(version);
  });
});
