import {ChatAppDialog} from './chatapp-dialog.js';

declare global {
  interface HTMLElementTagNameMap {
    'chatapp-dialog': ChatAppDialog;
  }
}

const TAG_NAME = 'chatapp-dialog';

const registered: (CustomElementConstructor & {version?: string}) | undefined = customElements.get(TAG_NAME);
if (!registered) customElements.define(TAG_NAME, ChatAppDialog);
else if (registered !== ChatAppDialog) {
  console.warn(`<${TAG_NAME}> ${registered.version} is registered; ${ChatAppDialog.version} is ignored.`);
}
