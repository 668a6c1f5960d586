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
type Props<Properties, Events, Prefix extends string> = Properties &
  AttributesOf<Properties> &
  HandlersOf<Events, Prefix>;
type DialogProps<Prefix extends string> = Props<ChatAppDialogProperties, ChatAppDialogEvents, Prefix>;
type LinkProps<Prefix extends string> = Props<ChatAppDialogLinkProperties, ChatAppDialogLinkEvents, Prefix>;

/** Solid's way to say that a property is meant, `prop:phones`. */
type Forced<Properties> = {[Name in keyof Properties & string as `prop:${Name}`]?: Properties[Name]};

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
