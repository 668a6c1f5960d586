import type {ResilientStore} from './stores/resilient-store.js';

/** In milliseconds: of what one counter counts. */
const SPAN = 6 * 3_600_000;
/** As many spans hold any 24 hours: nobody knows when ChatApp's day begins. */
const SPANS = 5;

/** Counts the tokens that were minted in the last 24 to 30 hours, over all processes. */
export interface LoginBudget {
  /** How many were, or may have been. */
  count(): Promise<number>;
  /** One more, before it is asked for. Gives the count with it. */
  spend(): Promise<number>;
  /** The last one was not minted: ChatApp refused. */
  restore(): Promise<void>;
}

export const createLoginBudget = (
  store: ResilientStore,
  time: () => number,
  keyOf: (name: string) => Promise<string>,
): LoginBudget => {
  const span = () => Math.floor(time() / SPAN);
  // Counters are per span, so that what ended needs no clean-up.
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
  const increment = async (name: string) => store.increment(await key(name, span()), SPAN * SPANS);

  return {
    count,
    async spend() {
      await increment('logins');
      return count();
    },
    restore: () => increment('refusals'),
  };
};
