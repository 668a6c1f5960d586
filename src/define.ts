import {ChatAppDialog} from './elements/chatapp-dialog.js';
import {ChatAppDialogLink} from './elements/chatapp-dialog-link.js';

declare global {
  interface HTMLElementTagNameMap {
    'chatapp-dialog': ChatAppDialog;
    'chatapp-dialog-link': ChatAppDialogLink;
  }
}

for (const [tag, element] of [
  ['chatapp-dialog', ChatAppDialog],
  ['chatapp-dialog-link', ChatAppDialogLink],
] as const) {
  const registered: (CustomElementConstructor & {version?: string}) | undefined = customElements.get(tag);
  if (!registered) {
    try {
      customElements.define(tag, element);
    } catch {
      // The page has registered this very class under a name of its own; a class can have but one.
      customElements.define(tag, class extends (element as CustomElementConstructor) {});
    }
  } else if (registered !== element) {
    console.warn(`<${tag}> ${registered.version} is registered; ${element.version} is ignored.`);
  }
}
