import type {ChatAppDialogError} from './dialog-error.js';

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

/** Something the page gave cannot be used; the element's own UI says so too. */
export class ChatAppErrorEvent extends Event {
  constructor(
    /** What is wrong, with which attribute, and what to do. */
    readonly error: ChatAppDialogError,
  ) {
    super('chatapp-error', INIT);
  }
}

/** The element's `status` is another one. */
export class ChatAppStatusChangeEvent extends Event {
  constructor() {
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
