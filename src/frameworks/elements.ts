// What the frameworks' typings have in common: the elements' inputs and events, by element.
import type {ChatAppDialog} from '../elements/chatapp-dialog.js';
import type {ChatAppDialogLink} from '../elements/chatapp-dialog-link.js';
import type {ChatAppErrorEvent, ChatAppLoadEvent, ChatAppLoadStartEvent, ChatAppStatusChangeEvent} from '../events.js';
import type {DialogFieldName, DialogFields} from '../url/fields.js';

type Identity = Exclude<DialogFieldName, 'accessToken'>;

/** Single fields or `fields`: with both, whichever a framework happens to set last would take the other's filter away. */
type Writable<E, Names extends keyof E> = {[Name in Exclude<Names, Identity>]?: E[Name] | undefined} & (
  | ({[Name in Names & Identity]?: E[Name] | undefined} & {fields?: undefined})
  | ({[Name in Identity]?: undefined} & {
      /** All fields at once; see the element's property. */
      fields: DialogFields | null | undefined;
    })
);

type SharedName = DialogFieldName | 'baseUrl' | 'disabled' | 'getAccessToken' | 'accessTokenUrl';

/** What can be bound to `<chatapp-dialog>`, by property. */
export type ChatAppDialogProperties = Writable<
  ChatAppDialog,
  SharedName | 'sandbox' | 'allow' | 'label' | 'loading' | 'loadTimeout' | 'probe' | 'keepAlive'
>;

/** What can be bound to `<chatapp-dialog-link>`, by property. */
export type ChatAppDialogLinkProperties = Writable<ChatAppDialogLink, SharedName | 'target' | 'rel' | 'withToken'>;

/** Events of `<chatapp-dialog>`, by type. */
export interface ChatAppDialogEvents {
  'chatapp-loadstart': ChatAppLoadStartEvent;
  'chatapp-load': ChatAppLoadEvent;
  'chatapp-error': ChatAppErrorEvent;
  'chatapp-statuschange': ChatAppStatusChangeEvent;
}

/** Events of `<chatapp-dialog-link>`, by type. */
export type ChatAppDialogLinkEvents = Pick<ChatAppDialogEvents, 'chatapp-error'>;

type Kebab<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? '' : '-'}${Lowercase<First>}${Kebab<Rest>}`
  : Name;

/** Properties by the names of their attributes, for templates that write those, as text too; a function or an object has none. */
export type AttributesOf<Properties> = {
  [Name in Exclude<keyof Properties & string, 'fields' | 'getAccessToken'> as Kebab<Name>]?:
    | Properties[Name]
    | (number extends Properties[Name] ? string : never)
    | (boolean extends Properties[Name] ? '' : never);
};

/** A handler of an event of the element `E`. */
type Handler<E, Event> = ((event: Event & {readonly currentTarget: E}) => void) | undefined;

/** Handlers of events, by a prefix and the event's type: `onchatapp-load`, `on:chatapp-load`. */
export type HandlersOf<E, Events, Prefix extends string> = {
  [Type in keyof Events & string as `${Prefix}${Type}`]?: Handler<E, Events[Type]>;
};

/** Handlers of events in camel case: `onChatappLoad`, as React and Vue have them. */
export type CamelHandlersOf<E, Events> = {
  [
    Type in keyof Events & string as Type extends `chatapp-${infer Rest}` ? `onChatapp${Capitalize<Rest>}` : never
  ]?: Handler<E, Events[Type]>;
};
