// Types of the elements in Vue's templates: `import 'chatapp-dialog/vue'` once in the project. Holds no code.
import type {HTMLAttributes, VNodeProps} from 'vue';
import type {ChatAppDialog} from '../elements/chatapp-dialog.js';
import type {ChatAppDialogLink} from '../elements/chatapp-dialog-link.js';
import type {
  CamelHandlersOf,
  ChatAppDialogEvents,
  ChatAppDialogLinkEvents,
  ChatAppDialogLinkProperties,
  ChatAppDialogProperties,
} from './elements.js';

/** Numbers as text too: vue-tsc takes the attribute `keep-alive="3"` for the input `keepAlive`. */
type WithTexts<Properties> = {
  [Name in keyof Properties]: Properties[Name] | (number extends Properties[Name] ? `${number}` : never);
};

/** What `ref` and `useTemplateRef()` hold is the element itself. */
type Tag<E, Properties, Events> = new () => E & {
  $props: WithTexts<Properties> & CamelHandlersOf<E, Events> & Omit<HTMLAttributes, keyof Properties> & VNodeProps;
};

declare module 'vue' {
  interface GlobalComponents {
    'chatapp-dialog': Tag<ChatAppDialog, ChatAppDialogProperties, ChatAppDialogEvents>;
    'chatapp-dialog-link': Tag<ChatAppDialogLink, ChatAppDialogLinkProperties, ChatAppDialogLinkEvents>;
  }
}
