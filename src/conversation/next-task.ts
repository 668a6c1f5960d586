import type {ReactiveControllerHost} from 'lit';

/** Calls all that began to wait in the same task. */
type Group = (() => void)[];

/** By the number of the message that they wait for. */
const groups = new Map<number, Group>();
/** The group of the present task. */
let joinable: Group | undefined;
let lastMessage = 0;
let channel: MessageChannel | undefined;

/**
 * Resolves in the next task; never resolves if the signal has aborted by then.
 *
 * A message, because a hidden tab delays timers by up to a second and never calls `requestAnimationFrame`. One channel for
 * all, because WebKit looks after every open channel at each message. One message for all that begin to wait in one task,
 * because Firefox paints between messages: with a message for each, a hundred elements opened half as fast.
 */
export const nextTask = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    joinable ??= openGroup();
    joinable.push(() => {
      if (!signal.aborted) resolve();
    });
  });

/** Each function of the browser may be a page's own, and throw. So the group counts last. */
function openGroup(): Group {
  channel ??= openChannel();
  channel.port2.postMessage(++lastMessage);
  // Firefox loses a message that is on its way when the page goes into the back-forward cache (measured in Firefox 153).
  if (groups.size === 0) addEventListener('pageshow', postAgain);
  // In a later task, the message may be on its way already, and what waits must not go on before the page's own tasks.
  // A promise, because fake timers in a page's tests hold `queueMicrotask()` back.
  void Promise.resolve().then(() => (joinable = undefined));
  const group: Group = [];
  groups.set(lastMessage, group);
  return group;
}

function openChannel(): MessageChannel {
  const made = new MessageChannel();
  made.port1.addEventListener('message', ({data}) => {
    const group = groups.get(data) ?? []; // a message that was not lost comes twice
    groups.delete(data);
    for (const go of group) go();
    if (groups.size === 0) removeEventListener('pageshow', postAgain);
  });
  made.port1.start();
  return made;
}

function postAgain(): void {
  for (const message of groups.keys()) channel!.port2.postMessage(message);
}

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
