import {css, html, nothing, type PropertyDeclarations, type TemplateResult} from 'lit';
import {type ChatAppDialogError, toDialogError} from './dialog-error.js';
import {DialogFieldsElement} from './dialog-fields-element.js';
import {ChatAppErrorEvent} from './events.js';
import {type Messages, messagesFor} from './messages.js';

/**
 * A link to ChatApp Dialog, the vendor's simplified way: the chat opens in a tab of its own.
 *
 * A real anchor, so that middle click, the context menu, keyboard and screen readers work. Where a field is bad, or the
 * customer has no phone and no chat id, it is no link and says why.
 *
 * @slot - The link's text. Default: "Open in a new tab", in the page's language.
 * @csspart link - The anchor; without `href` while there is nothing to link to.
 * @csspart error - Why there is no link, or why no token came.
 * @cssproperty [--chatapp-dialog-accent=LinkText] - The link.
 * @fires {ChatAppErrorEvent} chatapp-error - A field cannot be used, or no token could be got; `event.error` says what.
 */
export class ChatAppDialogLink extends DialogFieldsElement {
  static override styles = css`
    a {
      cursor: not-allowed;
    }
    a[href] {
      cursor: pointer;
      color: var(--chatapp-dialog-accent, LinkText);
    }
    small:not(:empty) {
      margin-inline-start: 0.5em;
    }
  `;

  static override shadowRootOptions: ShadowRootInit = {mode: 'open', delegatesFocus: true};

  static override properties: PropertyDeclarations = {
    target: {},
    rel: {},
    withToken: {type: Boolean, attribute: 'with-token'},
  };

  /**
   * Where the link opens, as HTML's `target`.
   * @default '_blank'
   */
  declare target: '_blank' | '_self' | '_parent' | '_top' | (string & {}) | null | undefined;
  /**
   * The link's `rel`, as in HTML.
   * @default 'noopener'
   */
  declare rel: string | null | undefined;
  /**
   * Whether activating the link opens the Dialog signed in, with `accessToken` or what `getAccessToken` answers, in a new
   * tab, in whose address the token then stands. The link itself never holds it: a copied link, or a middle click,
   * opens without.
   * @default false
   */
  declare withToken: boolean;

  /** Where the link leads, without the token; `''` while there is nothing to link to. */
  #href = '';
  #error: ChatAppDialogError | null = null;
  /** Why the last activation failed. The link stays, and the error goes when the link changes. */
  #failure: ChatAppDialogError | null = null;
  /** The error that `chatapp-error` has still to tell. */
  #untold: ChatAppDialogError | null = null;

  constructor() {
    super();
    this.withToken = false;
  }

  /** What is wrong; `null` where nothing is. */
  get error(): ChatAppDialogError | null {
    return this.#error ?? this.#failure;
  }

  #activate(event: MouseEvent): void {
    const href = this.#href;
    if (event.defaultPrevented || !this.withToken || !href || !(this.getAccessToken || this.accessToken)) return;
    event.preventDefault();
    this.#failure = null;
    this.openInNewTab({withToken: true})
      .catch((cause: unknown) => {
        if (cause instanceof DOMException) throw cause;
        // The page may show another customer by now.
        if (href !== this.#href) return;
        this.#failure = toDialogError(cause);
        this.#untold = this.#failure;
      })
      .finally(() => this.requestUpdate());
  }

  protected override willUpdate(): void {
    const before = this.#error?.message;
    const hrefBefore = this.#href;
    this.#error = null;
    try {
      this.#href = this.tokenlessUrl;
      if (this.#href && this.withToken) this.toCheckedUrl();
    } catch (cause) {
      this.#href = '';
      this.#error = toDialogError(cause);
      if (this.#error.message !== before) this.#untold = this.#error;
    }
    if (this.#href !== hrefBefore) this.#failure = null;
  }

  protected override render(): TemplateResult {
    const href = this.#href;
    const texts = messagesFor(this);
    // Vue and Preact set '' where a value was taken away.
    return html`
      <a
        part="link"
        role="link"
        href=${href || nothing}
        target=${this.target || '_blank'}
        rel=${this.rel || 'noopener'}
        aria-disabled=${href ? 'false' : 'true'}
        @click=${this.#activate}
        ><slot>${texts.open}</slot></a
      ><small part="error" role="status">${this.#reason(texts)}</small>
    `;
  }

  /** Why there is no link, or why its last activation failed. */
  #reason(texts: Messages): string {
    const {error} = this;
    if (error) return `${texts[error.code] ?? texts.error} ${error.message}`;
    return this.disabled || this.#href ? '' : texts.empty;
  }

  protected override updated(): void {
    const error = this.#untold;
    this.#untold = null;
    if (error) this.dispatchEvent(new ChatAppErrorEvent(error));
  }
}
