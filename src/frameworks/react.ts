'use client';
// React components of the elements, for React 18 and 19. Importing this registers the elements.
import {createComponent, type EventName} from '@lit/react';
import * as React from 'react';
import {ChatAppDialog as DialogElement} from '../chatapp-dialog.js';
import {ChatAppDialogLink as LinkElement} from '../chatapp-dialog-link.js';
import '../define.js';
import type {ChatAppErrorEvent, ChatAppLoadEvent, ChatAppLoadStartEvent, ChatAppStatusChangeEvent} from '../events.js';
import type {
  CamelHandlersOf,
  ChatAppDialogEvents,
  ChatAppDialogLinkEvents,
  ChatAppDialogLinkProperties,
  ChatAppDialogProperties,
} from './elements.js';

type Props<E, Properties, Events> = Properties & CamelHandlersOf<Events> & Omit<React.HTMLAttributes<E>, keyof Properties>;

/** Props of {@link ChatAppDialog}: the element's properties, its events as `onChatapp…`, and those of any HTML element. */
export type ChatAppDialogProps = Props<DialogElement, ChatAppDialogProperties, ChatAppDialogEvents>;

/** Props of {@link ChatAppDialogLink}: the element's properties, its event as `onChatappError`, and those of any HTML element. */
export type ChatAppDialogLinkProps = Props<LinkElement, ChatAppDialogLinkProperties, ChatAppDialogLinkEvents>;

type Component<P, E> = React.ForwardRefExoticComponent<P & React.RefAttributes<E>>;

const component = <P, E extends HTMLElement>(tagName: string, elementClass: new () => E, events: Record<string, EventName>): Component<P, E> => {
  const inBrowser = createComponent({react: React, tagName, elementClass, events, displayName: elementClass.name}) as unknown as Component<P, E>;
  if (typeof document !== 'undefined') return inBrowser;
  // A server renders no properties, and without its filters the element would open all chats: it waits until React has set them.
  const deferred = {'defer-hydration': ''} as P;
  return React.forwardRef<E, P>((props, ref) => React.createElement(inBrowser, {...deferred, ...(props as P), ref})) as Component<P, E>;
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
export const ChatAppDialogLink: Component<ChatAppDialogLinkProps, LinkElement> = component('chatapp-dialog-link', LinkElement, {onChatappError});
