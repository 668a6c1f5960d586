import type {ChatAppDialogError} from './dialog-error.js';

/** What the element can be doing. */
export const FRAME_STATUSES = ['idle', 'waiting', 'authorizing', 'loading', 'loaded', 'error'] as const;

/**
 * - `idle`: no conversation is open, on purpose (nothing to show, disabled, closed, signed out, disconnected).
 * - `waiting`: opens when the element comes into view (`loading="lazy"`), or when a prerendered page is shown.
 * - `authorizing`: the element is about to get a token (`getAccessToken`, `access-token-url`), or waits for the answer.
 * - `loading`: the frame is on its way.
 * - `loaded`: the frame's `load` event came. HTML promises no more: an error page of the server fires it too.
 * - `error`: nothing could be opened, or the frame has not loaded in time; the element's `error` says why.
 */
export type FrameStatus = (typeof FRAME_STATUSES)[number];

const INIT: EventInit = {bubbles: true, composed: true};

/** An opening began: the frame is on its way. */
export class ChatAppLoadStartEvent extends Event {
  constructor() {
    super('chatapp-loadstart', INIT);
  }
}

/** The frame's `load` event came. HTML promises no more, so that it is not called ready. */
export class ChatAppLoadEvent extends Event {
  constructor(
    /** Whether the conversation was kept (`keep-alive`), and is there as the agent left it: nothing was loaded. */
    readonly restored = false,
  ) {
    super('chatapp-load', INIT);
  }
}

/** An input cannot be used, or a conversation could not be opened. The element's own UI says so too. */
export class ChatAppErrorEvent extends Event {
  constructor(
    /** What is wrong, with which attribute, and what to do. */
    readonly error: ChatAppDialogError,
  ) {
    super('chatapp-error', INIT);
  }
}

/** The element's `status` has changed. */
export class ChatAppStatusChangeEvent extends Event {
  constructor(
    /** The element's status at the time of the change. */
    readonly status: FrameStatus,
    /** The status before it. */
    readonly oldStatus: FrameStatus,
  ) {
    super('chatapp-statuschange', INIT);
  }
}

declare global {
  // Elements, documents and windows inherit these.
  interface GlobalEventHandlersEventMap {
    'chatapp-loadstart': ChatAppLoadStartEvent;
    'chatapp-load': ChatAppLoadEvent;
    'chatapp-error': ChatAppErrorEvent;
    'chatapp-statuschange': ChatAppStatusChangeEvent;
  }
}
