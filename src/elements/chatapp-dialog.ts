import {html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult} from 'lit';
import {ConversationController} from '../conversation/conversation-controller.js';
import {hasFocus} from '../conversation/frames.js';
import type {Inputs} from '../conversation/intent.js';
import {errorOf, type FrameStatus, hasFrame, type State, statusOf} from '../conversation/state.js';
import type {ChatAppDialogError} from '../dialog-error.js';
import {type Messages, messagesFor} from '../messages.js';
import {styles} from './chatapp-dialog.styles.js';
import {DialogFieldsElement} from './dialog-fields.js';

/** An empty attribute counts as not set. */
const numberFromAttribute = (text: string | null): number | null => (text ? Number(text) : null);

/**
 * ChatApp Dialog, embedded: the attributes say which conversation, the element owns the iframe's life.
 *
 * @slot - Shown until the script arrives and where scripting is off: a plain link to the Dialog.
 * @slot loading - Replaces the text and spinner while the conversation opens.
 * @slot error - Replaces the text of an error; the buttons stay.
 * @slot empty - Replaces the text where no conversation is open.
 * @csspart frame - The iframe.
 * @csspart overlay - Covers the box while no conversation is shown.
 * @csspart spinner - The sign of loading.
 * @csspart banner - An error that leaves the open conversation alone, or a load that takes long.
 * @csspart skip - The strip with the link beside a loaded frame, seen while the link has the focus.
 * @csspart error - The text of an error.
 * @csspart retry - The button "Try again".
 * @csspart open - The link "Open in a new tab".
 * @cssproperty [--chatapp-dialog-accent=LinkText] - Spinner, button and link.
 * @cssstate idle - No conversation is open, on purpose.
 * @cssstate waiting - Opens when the element comes into view.
 * @cssstate authorizing - `getAccessToken` was asked.
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
   * Milliseconds until a load that has not ended is an error, which leaves the frame alone; `0` for never.
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

  /** Moves the focus into the frame. */
  override focus(options?: FocusOptions): void {
    this.frame?.focus(options);
  }

  #inputs(): Inputs {
    const {sandbox, allow} = this;
    return {...this.linkInputs(), sandbox, allow};
  }

  /** Keeps the conversation where `moveBefore()` does: without this callback a move is a disconnect. */
  protected connectedMoveCallback(): void {
    this.#controller.hostMoved();
  }

  protected override performUpdate(): void {
    // First, so that no exception in a subclass's update keeps the old chat on the screen. Lit's own method does nothing
    // where no update is pending, and neither does this.
    if (this.isUpdatePending) this.#controller.readInputs();
    super.performUpdate();
  }

  protected override update(changed: PropertyValues): void {
    super.update(changed);
    try {
      this.#internals.states.clear();
      this.#internals.states.add(this.status);
    } catch {
      // Engines before 2024 know custom states as `:--name` only, or not at all.
    }
  }

  protected override updated(): void {
    // The box of the frames has the focus where the agent was in a frame that is gone.
    const hadFocus = hasFocus(this) && this.shadowRoot?.activeElement === this.#frames;
    if (hadFocus && this.status === 'error') this.renderRoot.querySelector<HTMLElement>('[part=retry]')?.focus();
  }

  get #frames(): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>('.frames')!;
  }

  /** The element's own UI, and below it the box that the controller puts the frames in. */
  protected override render(): TemplateResult {
    const {state} = this.#controller;
    const {error} = this;
    const texts = messagesFor(this);
    const isBusy = BUSY.has(state.kind);
    const isSlow = state.kind === 'loading' && state.isSlow;
    const isStuck = !!error || isSlow;
    const isLoaded = state.kind === 'loaded' && !error;
    const canRetry = isStuck && state.kind !== 'loaded';
    const url = isStuck || isLoaded ? this.url : null;
    // A loaded frame may be blank, and the page cannot know. So its link stays, for the keyboard.
    const cover = isLoaded ? 'skip' : isStuck && hasFrame(state) ? 'banner' : 'overlay';
    return html`
      <section>
        <div class="ui" part=${cover}>
          <slot name=${isBusy ? 'loading' : 'empty'} ?hidden=${isStuck || isLoaded}>
            <span part="spinner" ?hidden=${!isBusy}></span>
            <p>${calmText(state, texts)}</p>
          </slot>
          <p part="error" role="alert" ?hidden=${!error}>
            <slot name="error"><b>${errorText(state, error, texts)}</b><small>${error?.message}</small></slot>
          </p>
          <p ?hidden=${!isSlow || !!error}>${texts.slow}</p>
          <p ?hidden=${!canRetry && !url}>
            <button part="retry" ?hidden=${!canRetry} @click=${this.#retry}>${texts.retry}</button>
            <a part="open" target="_blank" rel="noopener" ?hidden=${!url} href=${url ?? nothing}>${texts.open}</a>
          </p>
        </div>
        <div class="frames" tabindex="-1"></div>
      </section>
    `;
  }

  #retry(): void {
    this.#controller.reload('retry');
  }
}

/** States in which something follows by itself. */
const BUSY: ReadonlySet<State['kind']> = new Set<State['kind']>(['settling', 'waiting', 'authorizing', 'loading']);

function calmText({kind, intent}: State, texts: Messages): string {
  if (kind === 'authorizing') return texts.authorizing;
  if (BUSY.has(kind)) return texts.loading;
  return intent.kind === 'nothing' && intent.reason === 'no-filter-value' ? texts.empty : texts.idle;
}

function errorText(state: State, error: ChatAppDialogError | null, texts: Messages): string {
  if (!error) return '';
  if (error.code === 'unreachable' && !navigator.onLine) return texts.offline;
  // A banner above an open conversation must not say that it cannot be opened.
  return texts[error.code] ?? (hasFrame(state) ? '' : texts.error);
}
