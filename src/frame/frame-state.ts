/** What the element can be doing. */
export const FRAME_STATUSES = ['idle', 'waiting', 'authorizing', 'loading', 'loaded', 'error'] as const;

/**
 * - `idle`: no conversation is open, on purpose (nothing to show, disabled, closed, signed out, disconnected).
 * - `waiting`: opens when the element comes into view (`loading="lazy"`).
 * - `authorizing`: `getAccessToken` was asked and has not answered.
 * - `loading`: the frame is on its way.
 * - `loaded`: the frame's `load` event came. HTML promises no more: an error page of the server fires it too.
 * - `error`: nothing could be opened, or the frame has not loaded in time; the element's `error` says why.
 */
export type FrameStatus = (typeof FRAME_STATUSES)[number];

/** What can happen to a frame. */
export type FrameEvent = 'wait' | 'authorize' | 'open' | 'load' | 'restore' | 'fail' | 'close';

const TARGETS: Record<FrameEvent, FrameStatus> = {
  wait: 'waiting',
  authorize: 'authorizing',
  open: 'loading',
  load: 'loaded',
  restore: 'loaded',
  fail: 'error',
  close: 'idle',
};

/** The status after an event. Only the first load counts, be it late (after a timeout): further ones are the Dialog navigating inside itself. */
export const next = (status: FrameStatus, event: FrameEvent): FrameStatus =>
  event === 'load' && status !== 'loading' && status !== 'error' ? status : TARGETS[event];
