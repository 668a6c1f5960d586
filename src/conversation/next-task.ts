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
      channel = new MessageChannel();
      channel.port1.addEventListener('message', () => waiting.shift()!());
      channel.port1.start();
    }
    waiting.push(() => {
      if (!signal.aborted) resolve();
    });
    channel.port2.postMessage(null);
  });
