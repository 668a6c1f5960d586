// What the pages of the bench have besides what every page has.
import type {Bench, Embed} from './harness.mjs';

declare global {
  /** See harness.mjs. */
  const bench: Bench;
  /** The row's way to embed. */
  const embed: Embed;
  interface Window {
    /** What a column keeps from one step to the next: what `embed.mount()` gave. */
    // oxlint-disable-next-line typescript/no-explicit-any -- each row has its own
    handle: any;
    listenerCount: () => number;
  }
}
