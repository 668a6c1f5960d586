// Types of the elements in Vue's templates: `import 'chatapp-dialog/vue'` once in the project. Holds no code.
import type {HTMLAttributes, PublicProps} from 'vue';
import type {ChatAppDialog} from '../elements/chatapp-dialog.js';
import type {ChatAppDialogLink} from '../elements/chatapp-dialog-link.js';
import type {
  CamelHandlersOf,
  ChatAppDialogEvents,
  ChatAppDialogLinkEvents,
  ChatAppDialogLinkProperties,
  ChatAppDialogProperties,
} from './elements.js';

/** Vue checks `keep-alive="3"` by the property's name, so numbers may be text. */
type OrText<Properties> = {
  [Name in keyof Properties]: Properties[Name] | (number extends Properties[Name] ? `${number}` : never);
};

/** No DefineComponent: `useTemplateRef()` would then be a component, and it is the element. */
type Component<E, Properties, Events> = new () => E & {
  $props: OrText<Properties> & CamelHandlersOf<E, Events> & PublicProps & Omit<HTMLAttributes, keyof Properties>;
};

declare module 'vue' {
  interface GlobalComponents {
    'chatapp-dialog': Component<ChatAppDialog, ChatAppDialogProperties, ChatAppDialogEvents>;
    'chatapp-dialog-link': Component<ChatAppDialogLink, ChatAppDialogLinkProperties, ChatAppDialogLinkEvents>;
  }
}
