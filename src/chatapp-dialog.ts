import {html, nothing, type PropertyDeclarations, unsafeCSS} from 'lit';
import {styles} from './chatapp-dialog.styles.js';
import {ChatAppDialogError, toDialogError} from './dialog-error.js';
import {DialogFieldsElement} from './dialog-fields-element.js';
import {FrameController, type FrameRequest} from './frame/frame-controller.js';
import {allowFor, canEscapeSandbox, DEFAULT_ALLOW, DEFAULT_SANDBOX} from './frame/frame-permissions.js';
import type {FrameStatus} from './frame/frame-state.js';
import {MESSAGES} from './messages.js';
import {DialogFieldError} from './url/fields.js';

/** Engines before 2024 know custom states as `:--name` only, and throw for others. */
const KNOWS_STATES = globalThis.CSS?.supports('selector(:state(a))');

/**
 * ChatApp Dialog, embedded: the attributes say which conversation, the element owns the iframe's life.
 *
 * @slot - Shown until the script arrives and where scripting is off: a plain link to the Dialog.
 * @slot loading - Replaces the text and spinner while the frame loads.
 * @slot error - Replaces the text of an error; the buttons stay.
 * @slot empty - Replaces the text where no conversation is open.
 * @csspart frame - The iframe.
 * @csspart overlay - Covers the box while no conversation is shown.
 * @csspart spinner - The sign of loading.
 * @csspart banner - An error that leaves the open conversation alone.
 * @csspart error - The text of an error.
 * @csspart retry - The button "Try again".
 * @csspart open - The link "Open in a new tab".
 * @cssproperty [--chatapp-dialog-accent=LinkText] - Spinner, button and link.
 * @cssstate idle - No conversation is open, on purpose.
 * @cssstate loading - The frame is on its way.
 * @cssstate loaded - The frame has loaded.
 * @cssstate error - Nothing could be opened.
 * @fires {ChatAppLoadStartEvent} chatapp-loadstart - An opening began.
 * @fires {ChatAppLoadEvent} chatapp-load - The frame's load event came.
 * @fires {ChatAppErrorEvent} chatapp-error - Something cannot be used or opened.
 * @fires {ChatAppStatusChangeEvent} chatapp-statuschange - `status` changed.
 */
export class ChatAppDialog extends DialogFieldsElement {
  static override styles = unsafeCSS(styles);

  static override properties: PropertyDeclarations = {
    sandbox: {},
    allow: {},
    label: {},
    disabled: {type: Boolean},
  };

  /** The frame's sandbox; `''` is HTML's strictest. Default: the vendor's list and `allow-downloads`. */
  declare sandbox: string | null | undefined;
  /** The frame's permissions policy; a bare feature gets the origin of the base URL. Default: camera, microphone, clipboard-read, clipboard-write, fullscreen. */
  declare allow: string | null | undefined;
  /** The frame's accessible name. Default "ChatApp Dialog". */
  declare label: string | null | undefined;
  /** Nothing opens, and what was open closes. Default `false`. */
  declare disabled: boolean;

  readonly #internals = this.attachInternals();
  readonly #controller = new FrameController(this, () => this.#request());
  #warned = false;

  constructor() {
    super();
    this.disabled = false;
  }

  /** What the element is doing: `idle`, `loading`, `loaded` or `error`. */
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
    this.#controller.reload();
  }

  /** Closes the conversation, until another one is asked for or `reload()` is called. */
  close(): void {
    this.#controller.close();
  }

  /** Moves the focus into the frame. */
  override focus(options?: FocusOptions): void {
    this.frame?.focus(options);
  }

  /**
   * Opens the conversation in a new tab; call it in a click. With `withToken` the access token stands in that tab's
   * address, and so in the browser's history.
   * @throws DOMException as a rejection: `InvalidStateError` where there is no URL, `NotAllowedError` where the browser blocks the window.
   * @throws DialogFieldError as a rejection, where a token is asked for and the one given is bad.
   */
  async openInNewTab({withToken = false}: {withToken?: boolean} = {}): Promise<void> {
    const shareable = this.#requireUrl();
    const url = withToken ? this.dialogUrl(true) : shareable;
    // A blank window first: its link to this page is cut before the Dialog is in it.
    const tab = window.open();
    if (!tab) throw new DOMException('Tab blocked.', 'NotAllowedError');
    tab.opener = null;
    tab.location.replace(url);
  }

  /**
   * Copies the link for colleagues, {@link url}, to the clipboard; call it in a click.
   * @throws DOMException as a rejection: `InvalidStateError` where there is no URL, `NotAllowedError` where the browser forbids it.
   */
  async copyLink(): Promise<void> {
    await navigator.clipboard.writeText(this.#requireUrl());
  }

  #requireUrl(): string {
    const {url} = this;
    if (!url) throw new DOMException('Nothing to link to.', 'InvalidStateError');
    return url;
  }

  #request(): FrameRequest {
    const request: FrameRequest = {key: ''};
    if (this.disabled) return request;
    try {
      const url = this.dialogUrl();
      if (this.hasEmptyFilter) return request;
      const {origin} = new URL(url);
      const sandbox = (request.sandbox = this.sandbox ?? DEFAULT_SANDBOX);
      const allow = (request.allow = allowFor(`${this.allow ?? DEFAULT_ALLOW}`, origin));
      if (origin === globalThis.origin && canEscapeSandbox(sandbox)) {
        throw new ChatAppDialogError(
          'same-origin',
          "base-url: the page's own origin needs a sandbox without allow-same-origin.",
          'baseUrl',
        );
      }
      this.#warnOfHalfEmployee();
      request.key = [url, sandbox, allow].join('\n');
      request.hasToken = !!this.accessToken;
      request.url = this.dialogUrl(true);
    } catch (cause) {
      const error = cause instanceof DialogFieldError ? toDialogError(cause) : (cause as ChatAppDialogError);
      request.error = error;
      // A bad token has the key of its conversation.
      request.key ||= error.message;
    }
    return request;
  }

  /** The vendor's page: both are "required for authorization under a specific employee". */
  #warnOfHalfEmployee(): void {
    if (this.#warned || !this.crmDomain === !this.employeeExtCode) return;
    this.#warned = true;
    console.warn('<chatapp-dialog>: crm-domain and employee-ext-code need each other.');
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    // Lit renders before this mark, so that a banner comes before the frames in the order of the keyboard.
    this.renderOptions.renderBefore = root.appendChild(new Comment());
    return root;
  }

  protected override performUpdate(): void {
    super.performUpdate();
    this.#controller.announce();
  }

  protected override updated(): void {
    if (this.frame) this.frame.title = this.label || 'ChatApp Dialog';
    if (KNOWS_STATES) {
      this.#internals.states.clear();
      this.#internals.states.add(this.status);
    }
  }

  protected override render(): unknown {
    const {status, error, url, frame} = this;
    const text = status === 'loading' ? MESSAGES.loading : this.hasEmptyFilter && !this.disabled ? MESSAGES.empty : MESSAGES.idle;
    // One template for all states, so that the live region is there before its text is.
    return html`
      <div part=${error && frame ? 'banner' : 'overlay'} ?hidden=${status === 'loaded' && !error}>
        <slot name=${status === 'loading' ? status : 'empty'} ?hidden=${error}>
          <span part="spinner" ?hidden=${status !== 'loading'}></span>
          <p>${text}</p>
        </slot>
        <p part="error" role="alert" ?hidden=${!error}>
          <slot name="error"><b>${frame ? nothing : MESSAGES.error}</b> ${error?.message}</slot>
        </p>
        <p ?hidden=${!error}>
          <button part="retry" ?hidden=${frame} @click=${this.reload}>${MESSAGES.retry}</button>
          <a part="open" ?hidden=${!url} href=${url ?? nothing} target="_blank" rel="noopener">${MESSAGES.open}</a>
        </p>
      </div>
    `;
  }
}
