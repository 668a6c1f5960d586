import {type PropertyDeclarations, type PropertyValues, unsafeCSS} from '@lit/reactive-element';
import {styles} from './chatapp-dialog.styles.js';
import {ChatAppDialogError, toDialogError} from './dialog-error.js';
import {DialogFieldsElement} from './dialog-fields-element.js';
import {DialogView} from './dialog-view.js';
import {h} from './dom.js';
import {FrameController, type FrameRequest} from './frame/frame-controller.js';
import {allowFor, canEscapeSandbox, DEFAULT_ALLOW, DEFAULT_SANDBOX} from './frame/frame-permissions.js';
import type {FrameStatus} from './frame/frame-state.js';
import {messagesFor} from './messages.js';
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
  static override styles = unsafeCSS(styles);

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
  readonly #controller = new FrameController(this, () => this.#request());
  #view: DialogView | undefined;

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
            request.key = request.origin = new URL(buildDialogUrl({}, this)).origin;
          } catch {
            // Said when it is enabled.
          }
        }
        return request;
      }
      const {sandbox} = request;
      const origin = (request.origin = new URL(url).origin);
      const allow = (request.allow = allowFor(`${this.allow ?? DEFAULT_ALLOW}`, origin));
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
      const error = (request.error = toDialogError(cause));
      // A bad token has the key of its conversation.
      request.key ||= error.message;
    }
    return request;
  }

  /** Keeps the conversation where `moveBefore()` does: without this callback a move is a disconnect. */
  protected connectedMoveCallback(): void {
    this.#controller.hostMoved();
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = h('section', {});
    super.createRenderRoot().append(root);
    return root;
  }

  protected override performUpdate(): void {
    super.performUpdate();
    if (this.#view) this.#controller.announce();
    // Not before the first update: nothing may ever let it through.
    else if (this.hasUpdated) this.requestUpdate();
  }

  protected override async getUpdateComplete(): Promise<boolean> {
    const isComplete = await super.getUpdateComplete();
    return this.#view ? isComplete : super.getUpdateComplete();
  }

  protected override update(changed: PropertyValues): void {
    super.update(changed);
    // The first update opens the frame, the second one makes the element's own UI. So elements that a script appends in
    // one task have all sent their requests before there is any: openFrame() has the browser work out the styles of all
    // that is new, and would do so for the UI of each element before it.
    if (!this.hasUpdated) return;
    const {status, error, frame} = this;
    const {isSlow, hadFocus} = this.#controller;
    // Once for each failure: whoever goes on typing elsewhere is left alone.
    if (status === 'error') this.#controller.hadFocus = false;
    if (frame) frame.title = this.label || 'ChatApp Dialog';
    this.#view ??= new DialogView(this.renderRoot, () => this.#controller.reload('retry'));
    this.#view.update({
      status,
      error,
      toUrl: () => this.url,
      hasFrame: !!frame,
      isSlow,
      hadFocus,
      isEmpty: this.hasEmptyFilter && !this.disabled,
      texts: messagesFor(this),
    });
    try {
      this.#internals.states.clear();
      this.#internals.states.add(status);
    } catch {
      // Engines before 2024 know custom states as `:--name` only, or not at all.
    }
  }
}
