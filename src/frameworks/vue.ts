// Types of the elements in Vue's templates: `import 'chatapp-dialog/vue'` once in the project. Holds no code.
import type {DefineComponent} from 'vue';
import type {
  CamelHandlersOf,
  ChatAppDialogEvents,
  ChatAppDialogLinkEvents,
  ChatAppDialogLinkProperties,
  ChatAppDialogProperties,
} from './elements.js';

declare module 'vue' {
  interface GlobalComponents {
    'chatapp-dialog': DefineComponent<ChatAppDialogProperties & CamelHandlersOf<ChatAppDialogEvents>>;
    'chatapp-dialog-link': DefineComponent<ChatAppDialogLinkProperties & CamelHandlersOf<ChatAppDialogLinkEvents>>;
  }
}
