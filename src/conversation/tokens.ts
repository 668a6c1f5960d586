import {type AnsweredFields, askCallback, callbackError, type OpeningReason} from './access-token.js';
import {type AskingIntent, asksForToken, type Intent} from './intent.js';
import {fetchAccessToken, routeError} from './token-route.js';

/** In milliseconds, for the whole answer; a back end that takes longer has most likely lost the request. */
const LIMIT_MS = 15_000;

/**
 * Asks for a token right before an opening. Where the opening is over, the promise stays pending, and so does that of a
 * callback that answers all the same.
 * @throws ChatAppDialogError as a rejection: there is none
 */
export const requestToken = (
  {credential, url}: AskingIntent,
  reason: OpeningReason,
  opening: AbortSignal,
): Promise<AnsweredFields> =>
  new Promise((resolve, reject) => {
    const asking = new AbortController();
    const {signal} = asking;
    const end = () => {
      clearTimeout(timer);
      asking.abort();
    };
    const fail = (error: unknown) => {
      if (signal.aborted) return;
      end();
      reject(error as Error);
    };
    const timer = setTimeout(() => {
      fail(credential.kind === 'url' ? routeError('no answer within 15 s.') : callbackError('timed out'));
    }, LIMIT_MS);
    opening.addEventListener('abort', end);
    const answering =
      credential.kind === 'url'
        ? fetchAccessToken(credential.source, url, signal)
        : askCallback(credential.source, {signal, reason});
    answering.then((answer) => {
      if (signal.aborted) return;
      clearTimeout(timer);
      opening.removeEventListener('abort', end);
      resolve(answer);
    }, fail);
  });

/** A moment, by two clocks: one may be set, the other may stand still while the computer sleeps. */
type Moment = readonly [date: number, time: number];

const now = (): Moment => [Date.now(), performance.now()];

/** Asks for tokens, and uses an answer again as long as its `maxAge` says. Without that, nothing is ever used again. */
export class Tokens {
  #kept: {intent: AskingIntent; answer: AnsweredFields; milliseconds: number; asked: Moment} | null = null;
  #page = new AbortController();

  /** @throws ChatAppDialogError as a rejection: there is no token, or the answer cannot be used */
  async ask(intent: AskingIntent, reason: OpeningReason, opening: AbortSignal): Promise<AnsweredFields> {
    const asked = now();
    const answer = await requestToken(intent, reason, opening);
    intent.urlWith(answer); // throws for a value that cannot be used
    this.forget();
    const {maxAge} = answer;
    if (typeof maxAge === 'number' && maxAge > 0 && !opening.aborted) {
      this.#kept = {intent, answer, milliseconds: maxAge * 1000, asked};
      // A page that comes back by the Back button may be another agent's by now.
      const {signal} = this.#page;
      addEventListener('pageshow', ({persisted}) => persisted && this.forget(), {signal});
    }
    return answer;
  }

  /** An earlier answer, for the very same source, Dialog and agent, and while it is fresh. */
  earlier(intent: Intent): AnsweredFields | undefined {
    if (!this.#kept || !asksForToken(intent) || intent.parkingGroup === null) return undefined;
    const {intent: before, answer, milliseconds, asked} = this.#kept;
    if (before.credential.source !== intent.credential.source || before.parkingGroup !== intent.parkingGroup) {
      return undefined;
    }
    const isFresh = now().every((clock, index) => clock >= asked[index]! && clock - asked[index]! < milliseconds);
    if (!isFresh) this.forget();
    return isFresh ? answer : undefined;
  }

  /** Forgets an answer of another group. */
  forgetOthers(group: string | null): void {
    if (group === null || group !== this.#kept?.intent.parkingGroup) this.forget();
  }

  forget(): void {
    this.#kept = null;
    this.#page.abort();
    this.#page = new AbortController();
  }
}
