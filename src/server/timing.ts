/** Resolves after so many milliseconds. */
export const sleep = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** {@link limited} rejects with this. */
export class TimeUp extends Error {}

/**
 * Gives up on work that takes longer than `ms` milliseconds. It aborts the signal and does not wait for the work, which may
 * ignore the signal. `AbortSignal.timeout()` would not do: Node ends a script while only its timer is left.
 * @throws TimeUp as a rejection
 */
export const limited = async <T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const ending = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new TimeUp());
      ending.abort();
    }, ms);
  });
  try {
    return await Promise.race([work(ending.signal), end]);
  } finally {
    clearTimeout(timer);
  }
};

/** Calls a listener of the back end. Its errors must not change the answer or end the process. */
export const notify = <T>(listener: ((value: T) => unknown) | undefined, value: T): void => {
  const call = async () => listener?.(value);
  call().catch(() => {});
};

/** ChatApp's time, by which tokens end. Until ChatApp's first answer, it is the machine's time. */
export interface Clock {
  /** Whether an answer of ChatApp has set the clock, and nobody has set the machine's back since. */
  readonly isSet: boolean;
  /** In milliseconds since 1970. */
  time(): number;
  /** Sets the clock to ChatApp's time. */
  set(time: number): void;
  /** Converts ChatApp's time to the machine's, which you can compare with `Date.now()`. */
  toDate(time: number): Date;
}

export const createClock = (given: () => number): Clock => {
  let offset: number | undefined;
  /** ChatApp's time when `performance.now()` was 0. Nobody can set that clock, but it may stop while the machine sleeps. */
  let origin = -Infinity;
  const now = () => {
    const time = given();
    return Number.isFinite(time) ? time : Date.now();
  };
  /** More than a minute behind: the machine's clock was set back. */
  const isBehind = () => origin + performance.now() - now() - (offset ?? 0) > 60_000;
  const time = () => (isBehind() ? origin + performance.now() : now() + (offset ?? 0));
  return {
    get isSet() {
      return offset !== undefined && !isBehind();
    },
    time,
    set: (given) => {
      offset = given - now();
      origin = given - performance.now();
    },
    toDate: (given) => new Date(given - (time() - now())),
  };
};
