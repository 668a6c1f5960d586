// Types of the elements in Vue's templates: `import 'chatapp-dialog/vue'` once in the project. Holds no code.
import type {DefineComponent, HTMLAttributes} from 'vue';
import type {
  CamelHandlersOf,
  ChatAppDialogEvents,
  ChatAppDialogLinkEvents,
  ChatAppDialogLinkProperties,
  ChatAppDialogProperties,
} from './elements.js';

type Component<Properties, Events> = DefineComponent<
  Properties & CamelHandlersOf<Events> & Omit<HTMLAttributes, keyof Properties>
>;

declare module 'vue' {
  interface GlobalComponents {
    'chatapp-dialog': Component<ChatAppDialogProperties, ChatAppDialogEvents>;
    'chatapp-dialog-link': Component<ChatAppDialogLinkProperties, ChatAppDialogLinkEvents>;
  }
}
