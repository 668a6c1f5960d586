// What runs in the page beside a row: `bench`, with which the columns drive it. The whole function is sent as text.

/**
 * How a row is driven in the page; each row has one.
 * @typedef {object} Embed
 * @property {(customer: number, token?: string) => unknown} mount  puts an embed into the page; gives what the others take
 * @property {(handle: any, customer: number) => unknown} change  makes it show another customer, or the same again
 * @property {(handle: any) => void} remove
 * @property {(handle: any, token: string) => unknown} [renew]  gives it another token
 */
/** @typedef {ReturnType<typeof setupBench>} Bench */

export function setupBench() {
  /** @type {{url: string, at: number}[]} */
  const messages = [];
  /** @type {Set<() => void>} */
  const waiting = new Set();
  window.addEventListener('message', ({data}) => {
    if (!data?.ready) return;
    messages.push({url: data.ready, at: performance.now()});
    for (const look of waiting) look();
  });

  /** @type {string[]} */
  const violations = [];
  document.addEventListener('securitypolicyviolation', ({effectiveDirective, blockedURI, sample}) =>
    violations.push(`${effectiveDirective} ${blockedURI} ${sample}`.trim()),
  );

  const bench = {
    violations,
    /**
     * Runs what opens a frame for a customer and waits until the frame has started.
     * @param {number} customer
     * @param {() => unknown} act
     * @returns {Promise<number>}  milliseconds
     */
    untilReady(customer, act) {
      const from = messages.length;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          const offline = navigator.onLine ? '' : ', and the browser is offline';
          reject(new Error(`the frame of customer ${customer} has not started within 10 s${offline}`));
        }, 10_000);
        const start = performance.now();
        const look = () => {
          const message = messages.slice(from).find(({url}) => url.includes(String(customer)));
          if (!message) return;
          waiting.delete(look);
          clearTimeout(timer);
          resolve(message.at - start);
        };
        waiting.add(look);
        void act();
      });
    },
    /** How many milliseconds the server's clock is ahead of this page's: the quickest of some answers tells it best. */
    async clockOffset() {
      let best = {took: Infinity, offset: 0};
      for (let ping = 0; ping < 12; ping++) {
        const sent = performance.now();
        const server = Number(await (await fetch('/clock')).text());
        const came = performance.now();
        if (came - sent < best.took) best = {took: came - sent, offset: server - (sent + came) / 2};
      }
      return best.offset;
    },
    /** @param {number} [milliseconds] */
    pause: (milliseconds = 0) =>
      /** @type {Promise<void>} */ (new Promise((resolve) => setTimeout(resolve, milliseconds))),
    /** Until the browser has painted what is there now. */
    painted: () =>
      /** @type {Promise<void>} */ (new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))),
  };
  Object.assign(window, {bench});
  return bench;
}

/** Counts the listeners of the window and the document; sent as text, and before all other scripts. */
export function countListeners() {
  /** @type {Map<EventTarget, Map<string, unknown[]>>} */
  const all = new Map([window, document].map((target) => [target, new Map()]));
  const {addEventListener, removeEventListener} = EventTarget.prototype;
  /** @param {AddEventListenerOptions | boolean | undefined} options */
  const isCapture = (options) => (typeof options === 'object' ? !!options?.capture : !!options);

  EventTarget.prototype.addEventListener = function (type, listener, options) {
    addEventListener.call(this, type, listener, options);
    const list = all.get(this ?? window);
    const {once, signal} = typeof options === 'object' && options ? options : {once: false, signal: undefined};
    if (!list || !listener || signal?.aborted) return;
    const key = `${type} ${isCapture(options)}`;
    const listeners = list.get(key) ?? [];
    list.set(key, listeners);
    if (listeners.includes(listener)) return; // the browser adds it once, too
    listeners.push(listener);
    const forget = () => {
      const index = listeners.indexOf(listener);
      if (index >= 0) listeners.splice(index, 1);
    };
    if (signal) addEventListener.call(signal, 'abort', forget, {once: true});
    if (once)
      addEventListener.call(this ?? window, type, forget, {once, ...(signal && {signal}), capture: isCapture(options)});
  };
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    removeEventListener.call(this, type, listener, options);
    const listeners = all.get(this ?? window)?.get(`${type} ${isCapture(options)}`);
    const index = listeners?.indexOf(listener) ?? -1;
    if (index >= 0) listeners?.splice(index, 1);
  };
  Object.assign(window, {
    listenerCount() {
      let count = 0;
      for (const lists of all.values()) for (const {length} of lists.values()) count += length;
      return count;
    },
  });
}
