// Counts what a page keeps running: timers, observers, listeners on window and document, requests of scripts.

/** What is still running; empty where nothing is. */
export type Running = string[];

/** Watches from now on; `restore` gives the page its own functions back. */
export function watchResources(): {running: () => Running; restore: () => void} {
  const {
    setTimeout: setTimer,
    clearTimeout: clearTimer,
    setInterval: setRepeated,
    clearInterval: clearRepeated,
    fetch: request,
    IntersectionObserver: Observer,
  } = globalThis;
  const {addEventListener: listen, removeEventListener: unlisten} = EventTarget.prototype;
  const timers = new Map<unknown, number>();
  const observers = new Set<IntersectionObserver>();
  const requests = new Set<Promise<unknown>>();
  const listeners: {
    target: EventTarget;
    type: string;
    listener: unknown;
    options: AddEventListenerOptions;
    isOver: boolean;
  }[] = [];

  globalThis.setTimeout = ((act: (...words: unknown[]) => void, delay = 0, ...words: unknown[]) => {
    const timer = setTimer(() => {
      timers.delete(timer);
      act(...words);
    }, delay);
    timers.set(timer, delay);
    return timer;
  }) as typeof setTimeout;
  globalThis.clearTimeout = (timer) => {
    timers.delete(timer);
    clearTimer(timer);
  };
  globalThis.setInterval = ((...words: Parameters<typeof setInterval>) => {
    const timer = setRepeated(...words);
    timers.set(timer, words[1] ?? 0);
    return timer;
  }) as typeof setInterval;
  globalThis.clearInterval = (timer) => {
    timers.delete(timer);
    clearRepeated(timer);
  };
  globalThis.fetch = (...words) => {
    const pending = request(...words);
    requests.add(pending);
    const forget = () => void requests.delete(pending);
    pending.then(forget, forget);
    return pending;
  };
  globalThis.IntersectionObserver = class extends Observer {
    override observe(target: Element) {
      observers.add(this);
      super.observe(target);
    }
    override disconnect() {
      observers.delete(this);
      super.disconnect();
    }
  };
  // Called on nothing they mean the window.
  EventTarget.prototype.addEventListener = function (this: EventTarget | undefined, type, listener, options) {
    const target = this ?? window;
    const own = typeof options === 'object' ? options : {};
    if (target === window || target === document) {
      const entry = {target, type, listener, options: own, isOver: false};
      listeners.push(entry);
      if (own.once) listen.call(target, type, () => (entry.isOver = true), {once: true});
    }
    listen.call(target, type, listener, options);
  };
  EventTarget.prototype.removeEventListener = function (this: EventTarget | undefined, type, listener, options) {
    const target = this ?? window;
    const at = listeners.findIndex(
      (entry) => entry.target === target && entry.type === type && entry.listener === listener,
    );
    if (at >= 0) listeners.splice(at, 1);
    unlisten.call(target, type, listener, options);
  };

  return {
    running: () => [
      ...[...timers.values()].map((delay) => `a timer of ${delay} ms`),
      ...[...observers].map(() => 'an observer'),
      ...[...requests].map(() => 'a request'),
      ...listeners
        .filter(({options, isOver}) => !isOver && !options.signal?.aborted)
        .map(({type}) => `a listener for ${type}`),
    ],
    restore() {
      Object.assign(globalThis, {
        setTimeout: setTimer,
        clearTimeout: clearTimer,
        setInterval: setRepeated,
        clearInterval: clearRepeated,
        fetch: request,
        IntersectionObserver: Observer,
      });
      Object.assign(EventTarget.prototype, {addEventListener: listen, removeEventListener: unlisten});
    },
  };
}
