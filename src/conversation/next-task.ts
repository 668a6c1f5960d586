import type {ReactiveControllerHost} from 'lit';

/** Called one in each task, in their order. */
const waiting: (() => void)[] = [];
let channel: MessageChannel | undefined;

/**
 * Resolves in the next task; never resolves if the signal has aborted by then.
 *
 * A message, because a hidden tab delays timers by up to a second and never calls `requestAnimationFrame`. One channel for
 * all, because WebKit looks after every open channel at each message.
 */
export const nextTask = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (!channel) {
      const made = new MessageChannel();
      made.port1.addEventListener('message', () => waiting.shift()!());
      made.port1.start();
      channel = made; // last: any of these may be a page's own function, and throw
    }
    channel.port2.postMessage(null); // first: it may be a page's own function, and throw
    waiting.push(() => {
      if (!signal.aborted) resolve();
    });
  });

/** React also renders in a later task after a state change outside an event. Three tasks joined all of that in three engines, for 2 to 4 ms. */
const TASKS_TO_SETTLE = 3;

/** Waits until the page has made all the changes that belong together; never resolves if the signal aborts. */
export async function untilSettled(signal: AbortSignal): Promise<void> {
  for (let task = 0; task < TASKS_TO_SETTLE; task++) await nextTask(signal);
}

/** Waits until an element has rendered, or has failed to: Lit reports what a render throws, and no state changes by it. */
export async function untilRendered(element: ReactiveControllerHost): Promise<void> {
  try {
    await element.updateComplete;
  } catch {
    // Reported by Lit.
  }
}
