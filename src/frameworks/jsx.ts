// Types of the elements' tags in the JSX of React 19, Preact and Solid: `import 'chatapp-dialog/jsx'` once in the
// project. Holds no code. Nobody has all three installed, hence the @ts-ignore for each.
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

/** The element's inputs and events, besides what the framework allows on any element. */
type Props<E, Properties, Events, Prefix extends string> = Properties &
  AttributesOf<Properties> &
  HandlersOf<E, Events, Prefix>;
type DialogProps<Prefix extends string> = Props<ChatAppDialog, ChatAppDialogProperties, ChatAppDialogEvents, Prefix>;
type LinkProps<Prefix extends string> = Props<
  ChatAppDialogLink,
  ChatAppDialogLinkProperties,
  ChatAppDialogLinkEvents,
  Prefix
>;

/** Solid's ways to say that a property (`prop:phones`) or an attribute (`attr:phones`, `bool:probe`) is meant. */
type Forced<Properties, Attributes = AttributesOf<Properties>> = {
  [Name in keyof Properties & string as `prop:${Name}`]?: Properties[Name];
} & {
  [Name in keyof Attributes & string as `attr:${Name}`]?: Extract<Attributes[Name], string | number | undefined>;
} & {
  [Name in keyof Attributes & string as boolean extends Attributes[Name] ? `bool:${Name}` : never]?:
    boolean | undefined;
};

// A comment of one line each, because @ts-ignore holds for the next line alone.
/** @ts-ignore */
type ReactHtml<E> = Omit<
  import('react').DetailedHTMLProps<import('react').HTMLAttributes<E>, E>,
  keyof ChatAppDialogProperties
>;
/** @ts-ignore */
type PreactHtml<E extends EventTarget> = Omit<import('preact').HTMLAttributes<E>, keyof ChatAppDialogProperties> &
  import('preact').ClassAttributes<E>;
/** @ts-ignore */
type SolidHtml<E> = Omit<import('solid-js').JSX.HTMLAttributes<E>, keyof ChatAppDialogProperties>;

/** @ts-ignore */
declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'chatapp-dialog': ReactHtml<ChatAppDialog> & DialogProps<'on'>;
      'chatapp-dialog-link': ReactHtml<ChatAppDialogLink> & LinkProps<'on'>;
    }
  }
}

/** @ts-ignore */
declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'chatapp-dialog': PreactHtml<ChatAppDialog> & DialogProps<'on'>;
      'chatapp-dialog-link': PreactHtml<ChatAppDialogLink> & LinkProps<'on'>;
    }
  }
}

/** @ts-ignore */
declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements {
      'chatapp-dialog': SolidHtml<ChatAppDialog> & DialogProps<'on:'> & Forced<ChatAppDialogProperties>;
      'chatapp-dialog-link': SolidHtml<ChatAppDialogLink> & LinkProps<'on:'> & Forced<ChatAppDialogLinkProperties>;
    }
  }
}
