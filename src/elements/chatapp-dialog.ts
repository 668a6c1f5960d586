import {html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult} from 'lit';
import {ConversationController} from '../conversation/conversation-controller.js';
import {hasFocus} from '../conversation/frames.js';
import type {Inputs} from '../conversation/intent.js';
import {errorOf, statusOf} from '../conversation/state.js';
import {type View, viewOf} from '../conversation/view.js';
import type {ChatAppDialogError} from '../dialog-error.js';
import type {FrameStatus} from '../events.js';
import {styles} from './chatapp-dialog.styles.js';
import {DialogFieldsElement} from './dialog-fields.js';
import {alert, calm, details, type Say, speakerOf} from './view-parts.js';

/** An empty attribute counts as not set. `Number` would make 0 of a blank one. */
const numberFromAttribute = (text: string | null): number | null => (text?.trim() ? Number(text) : null);

/**
 * ChatApp Dialog, embedded: the attributes say which conversation, the element owns the iframe's life.
 *
 * @slot - Shown until the script arrives and where scripting is off: a plain link to the Dialog.
 * @slot loading - Replaces the text and spinner while the conversation opens.
 * @slot error - Replaces icon and text of an error; the buttons and the details stay.
 * @slot empty - Replaces the text where no conversation is open.
 * @csspart frame - The iframe.
 * @csspart overlay - Covers the box while no conversation is shown. The frame below it cannot be reached.
 * @csspart spinner - The sign of loading.
 * @csspart banner - An error that leaves the open conversation alone, or a load that takes long.
 * @csspart skip - The strip with the link above a loaded frame, there while the link has the focus. `display: none` switches it off.
 * @csspart error - Icon and text of an error.
 * @csspart icon - The icon of an error.
 * @csspart details - The English message for the page's developer, behind a switch.
 * @csspart retry - The button "Try again".
 * @csspart open - The link "Open in a new tab".
 * @cssproperty [--chatapp-dialog-accent=LinkText] - Spinner, button and link.
 * @cssstate idle - No conversation is open, on purpose.
 * @cssstate waiting - Opens when the element comes into view.
 * @cssstate authorizing - About to get a token, or waiting for it.
 * @cssstate loading - The frame is on its way.
 * @cssstate loaded - The frame has loaded.
 * @cssstate error - Nothing could be opened, or the frame has not loaded in time.
 * @fires {ChatAppLoadStartEvent} chatapp-loadstart - An opening began.
 * @fires {ChatAppLoadEvent} chatapp-load - The frame's load event came.
 * @fires {ChatAppErrorEvent} chatapp-error - Something cannot be used or opened; `event.error` says what.
 * @fires {ChatAppStatusChangeEvent} chatapp-statuschange - `status` changed.
 */
export class ChatAppDialog extends DialogFieldsElement {
  static override styles = styles;

  static override properties: PropertyDeclarations = {
    sandbox: {},
    allow: {},
    label: {},
    loading: {},
    loadTimeout: {attribute: 'load-timeout', converter: numberFromAttribute},
    probe: {type: Boolean},
    keepAlive: {attribute: 'keep-alive', converter: numberFromAttribute},
  };

  /**
   * The frame's sandbox: the vendor's list and `allow-downloads`, until it is set; `''` is HTML's strictest.
   * @default DEFAULT_SANDBOX
   */
  declare sandbox: string | null | undefined;
  /**
   * The frame's permissions policy; a bare feature gets the origin of the base URL.
   * @default DEFAULT_ALLOW
   */
  declare allow: string | null | undefined;
  /**
   * The frame's accessible name.
   * @default 'ChatApp Dialog'
   */
  declare label: string | null | undefined;
  /**
   * `lazy` opens, and asks for a token, when the element is rendered and within 200 px of the viewport.
   * @default 'eager'
   */
  declare loading: 'eager' | 'lazy' | null | undefined;
  /**
   * Milliseconds after which an unfinished load is an error. The frame stays. `0` means never.
   * @default 30000
   */
  declare loadTimeout: number | null | undefined;
  /**
   * Whether to ask the base URL's origin, at each opening, if it is there (a HEAD request without credentials, query
   * and token; the page's policy needs `connect-src` for it). Tells a refused connection in every engine.
   * @default false
   */
  declare probe: boolean;
  /**
   * How many conversations, besides the shown one, stay loaded out of sight: coming back shows one at once, with its
   * half-typed answer. Each costs the memory of a whole app, and may go on playing sound.
   * @default 0
   */
  declare keepAlive: number | null | undefined;

  readonly #internals = this.attachInternals();
  readonly #controller = new ConversationController(this, {
    inputs: () => this.#inputs(),
    manner: () => this, // its properties are the inputs
    container: () => this.#frames,
  });

  /** The opening that `focus()` was called for before its frame could take the focus. */
  #focusRun: number | null = null;

  constructor() {
    super();
    this.probe = false;
  }

  /** What the element is doing: `idle`, `waiting`, `authorizing`, `loading`, `loaded` or `error`. */
  get status(): FrameStatus {
    return statusOf(this.#controller.state);
  }

  /** What is wrong; `null` where nothing is. */
  get error(): ChatAppDialogError | null {
    return errorOf(this.#controller.state);
  }

  /** The current iframe; `null` where none is open. */
  get frame(): HTMLIFrameElement | null {
    return this.#controller.frame;
  }

  /** Opens the conversation again, in a new frame; also after an error or `close()`. */
  reload(): void {
    this.#controller.reload('reload');
  }

  /** Closes the conversation, until another one is asked for or `reload()` is called. */
  close(): void {
    this.#controller.close();
  }

  /** Moves the focus into the frame: when it has loaded, if the focus is still in the element by then. */
  override focus(options?: FocusOptions): void {
    // The page may just have set another customer. The old chat must not get the focus.
    if (this.isUpdatePending) this.#controller.readInputs();
    const {state} = this.#controller;
    if (viewOf(state, navigator.onLine).content !== 'loading') {
      this.frame?.focus(options);
      return;
    }
    this.#focusRun = state.run;
    this.#frames.focus(options);
  }

  #inputs(): Inputs {
    const {sandbox, allow} = this;
    return {...this.linkInputs(), sandbox, allow};
  }

  /** Keeps the conversation where `moveBefore()` does: without this callback a move is a disconnect. */
  protected connectedMoveCallback(): void {
    this.#controller.hostMoved();
  }

  protected override readInputs(): void {
    this.#controller.readInputs();
  }

  protected override get isClosed(): boolean {
    const {state} = this.#controller;
    return state.kind === 'idle' && state.why === 'closed';
  }

  protected override update(changed: PropertyValues): void {
    const focused = hasFocus(this) && this.shadowRoot!.activeElement;
    super.update(changed);
    // A button that goes must not leave the keyboard to the page.
    if (focused && !focused.isConnected) this.#frames.focus({preventScroll: true});
    try {
      this.#internals.states.clear();
      this.#internals.states.add(this.status);
    } catch {
      // Engines before 2024 know custom states as `:--name` only, or not at all.
    }
  }

  protected override updated(): void {
    // The box of the frames has the focus where the agent was in something that is gone.
    if (!hasFocus(this) || this.shadowRoot!.activeElement !== this.#frames) return;
    const {state} = this.#controller;
    if (this.status === 'error') this.renderRoot.querySelector<HTMLElement>('button, a, summary')?.focus();
    else if (state.kind === 'loaded' && state.run === this.#focusRun) this.frame?.focus();
  }

  get #frames(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>('.frames')!;
  }

  /** The element's own UI, and below it the box that the controller puts the frames in. */
  protected override render(): TemplateResult {
    const view = viewOf(this.#controller.state, navigator.onLine);
    const say = speakerOf(this);
    return html`
      <section>
        <div class="ui" part=${view.cover}>
          ${calm(view, say)}
          <div role="alert">${alert(view, say)}</div>
          ${this.#actions(view, say)} ${details(view, say)}
        </div>
        <div class="frames" tabindex="-1"></div>
      </section>
    `;
  }

  #actions({content, canRetry}: View, say: Say): TemplateResult | typeof nothing {
    // A loaded frame may be blank, and the page cannot know. So its link stays, for the keyboard.
    const url = content === 'loading' || content === 'empty' ? null : this.url;
    if (!canRetry && !url) return nothing;
    return html`<div class="actions">
      ${canRetry ? html`<button part="retry" @click=${this.#retry}>${say('retry')}</button>` : nothing}
      ${url ? html`<a part="open" target="_blank" rel="noopener" href=${url}>${say('open')}</a>` : nothing}
    </div>`;
  }

  #retry(): void {
    this.#controller.reload('retry');
  }
}
