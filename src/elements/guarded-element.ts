import {type PropertyValues, nothing, render} from 'lit';
import {ChatAppDialogError, toDialogError} from '../dialog-error.js';
import {DeferrableElement} from './defer-hydration.js';

/**
 * A Lit element that fails closed. A class of the page, or a controller, may throw in the middle of an update, when it has
 * set half of the fields. Then the old customer must not stay, and the half that is set must not open.
 */
export abstract class GuardedElement extends DeferrableElement {
  #updateFault: ChatAppDialogError | null = null;
  /** Whether the present update has come as far as Lit's own. */
  #isReached = false;

  /** What was thrown in the last update. It counts until an update ends well. */
  protected get updateFault(): ChatAppDialogError | null {
    return this.#updateFault;
  }

  /** Reads what the page wants, and takes away what no longer matches. */
  protected abstract readInputs(): void;

  protected override performUpdate(): void {
    // Lit's own method does nothing where no update is pending, and neither does this.
    if (!this.isUpdatePending) return;
    // First, so that the old chat is gone before anything else happens.
    this.readInputs();
    this.#isReached = false;
    try {
      super.performUpdate();
      if (this.isUpdatePending && !this.#isReached) {
        this.isUpdatePending = false; // or Lit would begin no other update
        throw new ChatAppDialogError('internal', 'update() must call super.update().');
      }
      this.#isReached = true; // If this update was made inside another one, that one has come as far already.
    } catch (error) {
      this.#updateFault = toDialogError(error);
      this.readInputs();
      if (!this.isDeferred) this.#renderFault();
      throw error;
    }
    if (this.#updateFault) {
      this.#updateFault = null;
      this.requestUpdate();
    }
    // Lit does not notice what `updated()` sets to an equal value, or `shouldUpdate()` where it then refuses the update.
    this.readInputs();
  }

  protected override update(changed: PropertyValues): void {
    // Lit does not notice what `willUpdate()`, or a controller, has set during the update.
    this.readInputs();
    this.#isReached = true;
    super.update(changed);
  }

  /** Lit renders nothing after an exception, and what it rendered before may link to the old customer. */
  #renderFault(): void {
    try {
      super.update(new Map());
    } catch {
      render(nothing, this.renderRoot, this.renderOptions);
    }
  }
}
