/**
 * Resolves in the next task; never resolves if the signal has aborted by then.
 *
 * A message, because a hidden tab delays timers by up to a second and never calls `requestAnimationFrame`.
 */
export const nextTask = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const {port1, port2} = new MessageChannel();
    const receive = () => {
      port1.close();
      if (!signal.aborted) resolve();
    };
    port1.addEventListener('message', receive, {once: true});
    port1.start();
    port2.postMessage(null);
  });
