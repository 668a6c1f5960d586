import type {ResilientStore} from './stores/resilient-store.js';

/** The time that one counter covers, in milliseconds. */
const SPAN = 6 * 3_600_000;
/** Five spans cover any 24 hours. It is not known when ChatApp's day begins. */
const SPANS = 5;

/** Counts the tokens that were minted in the last 24 to 30 hours, over all processes. */
export interface LoginBudget {
  /** How many tokens were minted, or may have been. */
  count(): Promise<number>;
  /** Counts a token before it is asked for. Gives the new count, and whether the store counted too. */
  spend(): Promise<{logins: number; isShared: boolean}>;
  /** Takes the last one back: it was not minted. */
  restore(): Promise<void>;
}

export const createLoginBudget = (
  store: ResilientStore,
  time: () => number,
  keyOf: (name: string) => Promise<string>,
): LoginBudget => {
  const span = () => Math.floor(time() / SPAN);
  // Each span has its own counters, which the store deletes when they end.
  const key = (name: string, at: number) => keyOf(`${name}:${at}`);
  const isCount = (value: string) => /^\d+$/.test(value);

  const read = async (name: string, at: number) => Number((await store.get(await key(name, at), isCount)).value ?? 0);
  const count = async () => {
    const last = span();
    const spans = Array.from({length: SPANS}, (_, index) => last - index);
    const counts = await Promise.all(
      spans.flatMap((at) => [read('logins', at), read('refusals', at).then((refusals) => -refusals)]),
    );
    return counts.reduce((sum, one) => sum + one, 0);
  };
  /** The span of the last `spend()`. The clock may be corrected before `restore()`. */
  let spent = 0;
  const increment = async (name: string) => store.increment(await key(name, spent), SPAN * SPANS);

  return {
    count,
    async spend() {
      spent = span();
      const isShared = await increment('logins');
      return {logins: await count(), isShared};
    },
    async restore() {
      await increment('refusals');
    },
  };
};
