/** Resolves after so many milliseconds. */
export const sleep = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** What {@link limited} rejects with. */
export class TimeUp extends Error {}

/**
 * Ends what takes longer than `ms` milliseconds: aborts its signal and does not wait for it, in case it heeds none.
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

/** The API's time, by which tokens end: the own clock, put right by what the API's answers say. */
export interface Clock {
  /** Whether the API has said what time it is. */
  readonly isSet: boolean;
  /** In milliseconds since 1970. */
  time(): number;
  /** What time it is, says the API. */
  set(time: number): void;
  /** It is that time or later: somebody else heard it from the API. */
  atLeast(time: number): void;
}

/** In milliseconds; a clock that was set back by less does no harm. */
const SET_BACK = 10_000;

export const createClock = (now: () => number): Clock => {
  let offset = 0;
  /** When the API last said the time, by the own clock, and by one that nobody sets. */
  let heard: {now: number; monotonic: number} | undefined;
  const own = () => {
    const setBack = heard ? performance.now() - heard.monotonic - (now() - heard.now) : 0;
    return now() + (setBack > SET_BACK ? setBack : 0);
  };
  return {
    get isSet() {
      return heard !== undefined;
    },
    time: () => own() + offset,
    set: (time) => {
      heard = {now: now(), monotonic: performance.now()};
      offset = time - heard.now;
    },
    atLeast: (time) => {
      offset = Math.max(offset, time - own());
    },
  };
};
