import {asksForToken, type Intent} from './intent.js';
import type {AnsweredFields} from './access-token.js';

/** A moment, by two clocks: one may be set, the other may stand still while the computer sleeps. */
export type Moment = readonly [date: number, time: number];

export const now = (): Moment => [Date.now(), performance.now()];

/** An answer with a token that says how long it may be used again. Without its `maxAge` nothing is ever used again. */
export class TokenReuse {
  #kept: {source: unknown; group: string; answer: AnsweredFields; milliseconds: number; asked: Moment} | null = null;
  #page = new AbortController();

  /** @param asked  when the answer was asked for */
  keep(intent: Intent, answer: AnsweredFields, asked: Moment): void {
    this.forget();
    const {maxAge} = answer;
    if (typeof maxAge !== 'number' || !(maxAge > 0) || intent.parkingGroup === null) return;
    this.#kept = {source: sourceOf(intent), group: intent.parkingGroup, answer, milliseconds: maxAge * 1000, asked};
    // A page that comes back by the Back button may be another agent's by now.
    const {signal} = this.#page;
    addEventListener('pageshow', ({persisted}) => persisted && this.forget(), {signal});
  }

  /** The answer, for the very same source, Dialog and agent, and while it is fresh. */
  get(intent: Intent): AnsweredFields | undefined {
    if (!this.#kept) return undefined;
    const {source, group, answer, milliseconds, asked} = this.#kept;
    if (source !== sourceOf(intent) || group !== intent.parkingGroup) return undefined;
    const isFresh = now().every((clock, index) => clock >= asked[index]! && clock - asked[index]! < milliseconds);
    if (!isFresh) this.forget();
    return isFresh ? answer : undefined;
  }

  forget(): void {
    this.#kept = null;
    this.#page.abort();
    this.#page = new AbortController();
  }
}

/** The page's callback, or the URL. */
const sourceOf = (intent: Intent): unknown =>
  intent.kind === 'conversation' && asksForToken(intent.credential) ? intent.credential.source : null;
