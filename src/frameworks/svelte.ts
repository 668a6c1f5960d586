// Types of the elements in Svelte's markup: `import 'chatapp-dialog/svelte'` once in the project. Holds no code.
import type {HTMLAttributes} from 'svelte/elements';
import type {ChatAppDialog} from '../elements/chatapp-dialog.js';
import type {ChatAppDialogLink} from '../elements/chatapp-dialog-link.js';
import type {
  AttributesOf,
  ChatAppDialogEvents,
  ChatAppDialogLinkEvents,
  ChatAppDialogLinkProperties,
  ChatAppDialogProperties,
  HandlersOf,
} from './elements.js';

type Props<E extends EventTarget, Properties, Events> = Properties &
  AttributesOf<Properties> &
  HandlersOf<E, Events, 'on' | 'on:'> &
  Omit<HTMLAttributes<E>, keyof Properties>;

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'chatapp-dialog': Props<ChatAppDialog, ChatAppDialogProperties, ChatAppDialogEvents>;
    'chatapp-dialog-link': Props<ChatAppDialogLink, ChatAppDialogLinkProperties, ChatAppDialogLinkEvents>;
  }
}
