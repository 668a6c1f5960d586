import {html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult} from 'lit';
import {styles} from './chatapp-dialog.styles.js';
import {ChatAppDialogError, toDialogError} from './dialog-error.js';
import {DialogFieldsElement} from './dialog-fields-element.js';
import {FrameController, type FrameRequest} from './frame/frame-controller.js';
import {allowFor, canEscapeSandbox, DEFAULT_ALLOW, DEFAULT_SANDBOX} from './frame/frame-permissions.js';
import type {FrameStatus} from './frame/frame-state.js';
import {type Messages, messagesFor} from './messages.js';
import {buildDialogUrl} from './url/dialog-url.js';

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
    loadTimeout: {attribute: 'load-timeout', converter: (text) => (text ? Number(text) : null)},
    probe: {type: Boolean},
    keepAlive: {attribute: 'keep-alive', type: Number},
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
  readonly #controller = new FrameController(
    this,
    () => this.#request(),
    () => this.renderRoot.querySelector('.frames')!,
  );

  constructor() {
    super();
    this.probe = false;
  }

  /** What the element is doing: `idle`, `waiting`, `authorizing`, `loading`, `loaded` or `error`. */
  get status(): FrameStatus {
    return this.#controller.status;
  }

  /** What is wrong; `null` where nothing is. */
  get error(): ChatAppDialogError | null {
    return this.#controller.error;
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

  #request(): FrameRequest {
    const {loadTimeout, probe} = this;
    const token = this.getAccessToken ?? this.accessToken;
    const request: FrameRequest = {
      key: '',
      origin: '',
      allow: '',
      sandbox: this.sandbox ?? DEFAULT_SANDBOX,
      keptScope: [
        this.crmDomain,
        this.employeeExtCode,
        this.baseUrl,
        this.sandbox,
        this.allow,
        this.disabled,
        !token,
      ].join('\n'),
      keepAlive: this.keepAlive || 0,
      credential: token,
      isLazy: this.loading === 'lazy',
      loadTimeout: loadTimeout != null && loadTimeout >= 0 ? loadTimeout : 30_000,
      probe,
    };
    try {
      const url = this.tokenlessUrl;
      if (!url) {
        if (this.disabled) {
          try {
            const {baseUrl} = this;
            request.origin = new URL(buildDialogUrl({}, {baseUrl})).origin;
            request.key = request.origin;
          } catch {
            // Said when it is enabled.
          }
        }
        return request;
      }
      const {sandbox} = request;
      const {origin} = new URL(url);
      const allow = allowFor(String(this.allow ?? DEFAULT_ALLOW), origin);
      request.origin = origin;
      request.allow = allow;
      if (origin === globalThis.origin && canEscapeSandbox(sandbox)) {
        throw new ChatAppDialogError(
          'same-origin',
          "base-url: the page's own origin needs a sandbox without allow-same-origin.",
          'baseUrl',
        );
      }
      request.key = [url, sandbox, allow].join('\n');
      request.toUrl = this.toCheckedUrl();
    } catch (cause) {
      const error = toDialogError(cause);
      request.error = error;
      // A bad token has the key of its conversation.
      request.key ||= error.message;
    }
    return request;
  }

  /** Keeps the conversation where `moveBefore()` does: without this callback a move is a disconnect. */
  protected connectedMoveCallback(): void {
    this.#controller.hostMoved();
  }

  protected override performUpdate(): void {
    super.performUpdate();
    this.#controller.rendered();
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
    const {status, frame} = this;
    if (frame) frame.title = this.label || 'ChatApp Dialog';
    if (status !== 'error') return;
    if (!frame && this.#controller.hadFocus) this.renderRoot.querySelector<HTMLElement>('[part=retry]')?.focus();
    // Once for each failure: if the agent has moved on, their focus stays where it is.
    this.#controller.hadFocus = false;
  }

  /** The element's own UI, and below it the box that the controller puts the frames in. */
  protected override render(): TemplateResult {
    const {status, error, frame} = this;
    const texts = messagesFor(this);
    const isBusy = status === 'waiting' || status === 'authorizing' || status === 'loading';
    const isSlow = isBusy && this.#controller.isSlow;
    const isStuck = !!error || isSlow;
    const isLoaded = status === 'loaded' && !error;
    const canRetry = isStuck && status !== 'loaded';
    const url = isStuck || isLoaded ? this.url : null;
    // A loaded frame may be blank, and the page cannot know. So its link stays, for the keyboard.
    const cover = isLoaded ? 'skip' : isStuck && frame ? 'banner' : 'overlay';
    return html`
      <section>
        <div class="ui" part=${cover}>
          <slot name=${isBusy ? 'loading' : 'empty'} ?hidden=${isStuck || isLoaded}>
            <span part="spinner" ?hidden=${!isBusy}></span>
            <p>${this.#calmText(texts)}</p>
          </slot>
          <p part="error" role="alert" ?hidden=${!error}>
            <slot name="error"><b>${this.#errorText(texts)}</b><small>${error?.message}</small></slot>
          </p>
          <p ?hidden=${!isSlow || !!error}>${texts.slow}</p>
          <p ?hidden=${!canRetry && !url}>
            <button part="retry" ?hidden=${!canRetry} @click=${() => this.#controller.reload('retry')}>
              ${texts.retry}
            </button>
            <a part="open" target="_blank" rel="noopener" ?hidden=${!url} href=${url ?? nothing}>${texts.open}</a>
          </p>
        </div>
        <div class="frames"></div>
      </section>
    `;
  }

  #calmText(texts: Messages): string {
    switch (this.status) {
      case 'authorizing':
        return texts.authorizing;
      case 'waiting':
      case 'loading':
        return texts.loading;
      default:
        return this.hasEmptyFilter && !this.disabled ? texts.empty : texts.idle;
    }
  }

  #errorText(texts: Messages): string {
    const {error} = this;
    if (!error) return '';
    if (error.code === 'unreachable' && !navigator.onLine) return texts.offline;
    // A banner above an open conversation must not say that it cannot be opened.
    return texts[error.code] ?? (this.frame ? '' : texts.error);
  }
}
