import {ChatAppErrorEvent, ChatAppLoadEvent, ChatAppLoadStartEvent, ChatAppStatusChangeEvent} from '../events.js';
import {errorsOf, type State, statusOf} from './state.js';

/** What the page is told when one state has become another one, in this order. */
export function eventsBetween(before: State, after: State): Event[] {
  const events: Event[] = [];
  const isNewRun = after.run !== before.run;
  const [status, oldStatus] = [statusOf(after), statusOf(before)];
  if (status !== oldStatus) events.push(new ChatAppStatusChangeEvent(status, oldStatus));
  if (after.kind === 'loading' && (isNewRun || before.kind !== 'loading')) events.push(new ChatAppLoadStartEvent());
  if (after.kind === 'loaded' && (isNewRun || before.kind !== 'loaded')) {
    events.push(new ChatAppLoadEvent(after.isRestored));
  }
  const known = errorsOf(before);
  for (const error of errorsOf(after)) if (!known.includes(error)) events.push(new ChatAppErrorEvent(error));
  return events;
}
