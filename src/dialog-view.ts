import type {ChatAppDialogError} from './dialog-error.js';
import {h} from './dom.js';
import type {FrameStatus} from './frame/frame-state.js';
import type {Messages} from './messages.js';

/** What the element's own UI shows. */
export interface DialogViewState {
  status: FrameStatus;
  error: ChatAppDialogError | null;
  /** Makes the link to the conversation, where there is one: most of the time it is not shown. */
  toUrl: () => string | null;
  /** Whether a frame is there, be it loaded or not. */
  hasFrame: boolean;
  /** Whether the load takes longer than usual. */
  isSlow: boolean;
  /** Whether the customer has no phone and no chat. */
  isEmpty: boolean;
  /** Where the agent has just been: on failure the focus goes to "Try again". */
  hadFocus: boolean;
  texts: Messages;
}

/**
 * The element's own UI around the frame: a cover, a banner above the frame, or nothing to see.
 *
 * One fixed tree for all states, so that the live region is there before its text is.
 */
export class DialogView {
  readonly #text = h('p', {});
  readonly #spinner = h('span', {part: 'spinner'});
  readonly #calm = h('slot', {}, this.#spinner, this.#text);
  readonly #why = h('b', {});
  readonly #details = h('small', {});
  readonly #error = h('p', {part: 'error'}, h('slot', {name: 'error'}, this.#why, this.#details));
  readonly #slow = h('p', {});
  readonly #retry = h('button', {part: 'retry'});
  readonly #open = h('a', {part: 'open', target: '_blank', rel: 'noopener'});
  readonly #actions = h('p', {}, this.#retry, ' ', this.#open);
  readonly #box = h('div', {}, this.#calm, this.#error, this.#slow, this.#actions);

  /** @param root  where the frame belongs, below the banner */
  constructor(root: Node, onRetry: () => void) {
    root.insertBefore(this.#box, root.firstChild);
    this.#retry.addEventListener('click', onRetry);
    // The property is newer than some engines that agents have.
    this.#error.setAttribute('role', 'alert');
  }

  update({status, error, toUrl, hasFrame, isSlow, isEmpty, hadFocus, texts}: DialogViewState): void {
    const isBusy = status.endsWith('ing');
    const isStuck = !!error || (isSlow && isBusy);
    const isLoaded = status === 'loaded' && !error;
    const url = isStuck || isLoaded ? toUrl() : null;
    // A loaded frame may still be blank (the page cannot know), so that the link stays, for the keyboard.
    this.#box.part = isLoaded ? 'skip' : isStuck && hasFrame ? 'banner' : 'overlay';
    this.#calm.name = isBusy ? 'loading' : 'empty';
    this.#calm.hidden = isStuck || isLoaded;
    this.#spinner.hidden = !isBusy;
    this.#text.textContent =
      status === 'authorizing' ? texts.authorizing : isBusy ? texts.loading : isEmpty ? texts.empty : texts.idle;
    this.#error.hidden = !error;
    this.#why.textContent =
      error &&
      (error.code === 'unreachable' && !navigator.onLine
        ? texts.offline
        : (texts[error.code] ?? (hasFrame ? '' : texts.error)))!;
    this.#details.textContent = error && error.message;
    this.#slow.hidden = !isStuck || !!error;
    this.#slow.textContent = texts.slow;
    this.#retry.hidden = !isStuck || status === 'loaded';
    this.#retry.textContent = texts.retry;
    this.#open.hidden = !url;
    this.#actions.hidden = this.#retry.hidden && this.#open.hidden;
    this.#open.href = url ?? '';
    this.#open.textContent = texts.open;
    if (status === 'error' && !hasFrame && hadFocus) this.#retry.focus();
  }
}
