// A page of its own with a Content-Security-Policy, for what the test page cannot undo once it has it.
import {fixture, html} from '@open-wc/testing';
import type {ChatAppDialog} from '../../src/element.js';

/** A frame of the tests' origin, whose document has the policy, the element's module, and one element. */
export async function pageWithPolicy(
  policy: string,
  attributes: Record<string, string>,
): Promise<{el: ChatAppDialog; view: Window & typeof globalThis}> {
  const page = await fixture<HTMLIFrameElement>(html`<iframe style="width: 600px; height: 400px"></iframe>`);
  const loaded = new Promise((resolve) => page.addEventListener('load', resolve, {once: true}));
  const list = Object.entries(attributes)
    .map(([name, value]) => `${name}="${value}"`)
    .join(' ');
  page.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}">
    <script type="module" src="/src/define.ts"></script><chatapp-dialog disabled ${list}></chatapp-dialog>`;
  await loaded;
  const view = page.contentWindow as Window & typeof globalThis;
  await view.customElements.whenDefined('chatapp-dialog');
  return {el: view.document.querySelector('chatapp-dialog')!, view};
}
