'use client';
// React components of the elements, for React 18 and 19. Importing this registers the elements.
import {createComponent, type EventName} from '@lit/react';
import * as React from 'react';
import {ChatAppDialog as DialogElement} from '../elements/chatapp-dialog.js';
import {ChatAppDialogLink as LinkElement} from '../elements/chatapp-dialog-link.js';
import '../define.js';
import type {ChatAppErrorEvent, ChatAppLoadEvent, ChatAppLoadStartEvent, ChatAppStatusChangeEvent} from '../events.js';
import type {
  CamelHandlersOf,
  ChatAppDialogEvents,
  ChatAppDialogLinkEvents,
  ChatAppDialogLinkProperties,
  ChatAppDialogProperties,
} from './elements.js';

type Props<E, Properties, Events> = Properties &
  CamelHandlersOf<E, Events> &
  Omit<React.HTMLAttributes<E>, keyof Properties>;

/** Props of {@link ChatAppDialog}: the element's properties, its events as `onChatapp…`, and those of any HTML element. */
export type ChatAppDialogProps = Props<DialogElement, ChatAppDialogProperties, ChatAppDialogEvents>;

/** Props of {@link ChatAppDialogLink}: the element's properties, its event as `onChatappError`, and those of any HTML element. */
export type ChatAppDialogLinkProps = Props<LinkElement, ChatAppDialogLinkProperties, ChatAppDialogLinkEvents>;

// React 18 warns of layout effects on a server, where there are none.
const useBrowserLayoutEffect = typeof document === 'undefined' ? () => {} : React.useLayoutEffect;

type Component<P, E> = React.ForwardRefExoticComponent<P & React.RefAttributes<E>>;

/** Until its properties are set the element waits, for without its filters it would open all chats; @lit/react takes this away then. */
const DEFERRED = {'defer-hydration': ''};

const component = <P extends {disabled?: boolean | undefined}, E extends HTMLElement & {disabled: boolean}>(
  tagName: string,
  elementClass: (new () => E) & {observedAttributes: string[]},
  events: Record<string, EventName>,
): Component<P, E> => {
  // Makes the accessors by which @lit/react tells properties; nobody else does where another copy has the tag.
  void elementClass.observedAttributes;
  const Element = createComponent({react: React, tagName, elementClass, events}) as unknown as Component<P, E>;
  const Wrapper = React.forwardRef<E, P>((props, ref) => {
    const element = React.useRef<E | null>(null);
    const setRefs = React.useCallback(
      (node: E | null) => {
        element.current = node;
        if (typeof ref === 'function') ref(node);
        else if (ref) ref.current = node;
      },
      [ref],
    );
    // An <Activity> that hides keeps the element in the document, where any move of its siblings would open its chat anew.
    useBrowserLayoutEffect(() => {
      const {current} = element;
      return () => {
        // Not close(): strict mode takes the effect back at once, and the chat is to stay.
        if (current) current.disabled = true;
      };
    }, []);
    const all = {...DEFERRED, ...(props as P), disabled: !!props.disabled, ref: setRefs};
    return React.createElement(Element, all as P & React.RefAttributes<E>);
  });
  Wrapper.displayName = elementClass.name;
  return Wrapper as Component<P, E>;
};

const onChatappError = 'chatapp-error' as EventName<ChatAppErrorEvent>;

/** `<chatapp-dialog>` as a React component; `ref` is the element. Children show until the script has arrived. */
export const ChatAppDialog: Component<ChatAppDialogProps, DialogElement> = component('chatapp-dialog', DialogElement, {
  onChatappLoadstart: 'chatapp-loadstart' as EventName<ChatAppLoadStartEvent>,
  onChatappLoad: 'chatapp-load' as EventName<ChatAppLoadEvent>,
  onChatappError,
  onChatappStatuschange: 'chatapp-statuschange' as EventName<ChatAppStatusChangeEvent>,
});

/** `<chatapp-dialog-link>` as a React component; `ref` is the element. Children are the link's text. */
export const ChatAppDialogLink: Component<ChatAppDialogLinkProps, LinkElement> = component(
  'chatapp-dialog-link',
  LinkElement,
  {onChatappError},
);
