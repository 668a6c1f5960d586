import {type PropertyDeclarations, type PropertyValues, unsafeCSS} from '@lit/reactive-element';
import {type ChatAppDialogError, toDialogError} from './dialog-error.js';
import {DialogFieldsElement} from './dialog-fields-element.js';
import {h} from './dom.js';
import {ChatAppErrorEvent} from './events.js';
import {messagesFor} from './messages.js';

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
  static override styles = unsafeCSS(
    'a{cursor:not-allowed}a[href]{cursor:pointer;color:var(--chatapp-dialog-accent,LinkText)}small:not(:empty){margin-inline-start:.5em}',
  );

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

  readonly #text = new Text();
  readonly #link = h('a', {part: 'link'}, h('slot', {}, this.#text));
  readonly #reason = h('small', {part: 'error'});
  #error: ChatAppDialogError | null = null;
  /** Why the last activation failed; the link stays, and another link forgets it. */
  #failure: ChatAppDialogError | null = null;
  /** What `chatapp-error` has still to tell. */
  #news: ChatAppDialogError | null = null;

  constructor() {
    super();
    this.withToken = false;
    // As attributes, because the properties are newer than some engines that agents have.
    this.#reason.setAttribute('role', 'status');
    this.#link.setAttribute('role', 'link');
    this.#link.addEventListener('click', (event) => this.#activate(event));
  }

  /** What is wrong; `null` where nothing is. */
  get error(): ChatAppDialogError | null {
    return this.#error ?? this.#failure;
  }

  #activate(event: MouseEvent): void {
    const {href} = this.#link;
    if (event.defaultPrevented || !this.withToken || !href || !(this.getAccessToken || this.accessToken)) return;
    event.preventDefault();
    this.#failure = null;
    this.openInNewTab({withToken: true})
      .catch((cause: unknown) => {
        if (cause instanceof DOMException) throw cause;
        // The page may show another customer by now.
        if (href === this.#link.href) this.#failure = this.#news = toDialogError(cause);
      })
      .finally(() => this.requestUpdate());
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    root.append(this.#link, this.#reason);
    return root;
  }

  protected override update(changed: PropertyValues): void {
    super.update(changed);
    const before = this.#error?.message;
    const texts = messagesFor(this);
    let url = '';
    this.#error = null;
    try {
      url = this.tokenlessUrl;
      if (url && this.withToken) this.toCheckedUrl();
    } catch (cause) {
      url = '';
      this.#error = toDialogError(cause);
      if (this.#error.message !== before) this.#news = this.#error;
    }
    if (url !== this.#link.href) this.#failure = null;
    const {error} = this;
    if (url) this.#link.href = url;
    else this.#link.removeAttribute('href');
    this.#link.setAttribute('aria-disabled', `${!url}`);
    // Vue and Preact make '' of what is no longer set.
    this.#link.target = this.target || '_blank';
    this.#link.rel = this.rel || 'noopener';
    this.#text.data = texts.open;
    this.#reason.textContent = error
      ? `${texts[error.code] ?? texts.error} ${error.message}`
      : this.disabled || url
        ? ''
        : texts.empty;
  }

  protected override updated(): void {
    const error = this.#news;
    this.#news = null;
    if (error) this.dispatchEvent(new ChatAppErrorEvent(error));
  }
}
