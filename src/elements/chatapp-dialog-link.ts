import {css, html, nothing, type PropertyDeclarations, type TemplateResult} from 'lit';
import {type Intent, intentOf} from '../conversation/intent.js';
import {untilSettled} from '../conversation/next-task.js';
import {errorText} from '../conversation/view.js';
import {type ChatAppDialogError, toDialogError} from '../dialog-error.js';
import {ChatAppErrorEvent} from '../events.js';
import {type Messages, messagesFor} from '../messages.js';
import {DialogFieldsElement} from './dialog-fields.js';
import {navigate, openBlankTab} from './new-tab.js';

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

  #intent: Intent | undefined;
  /** Why the last activation failed. The link stays, and the error goes when the link changes. */
  #failure: ChatAppDialogError | null = null;
  /** The error that `chatapp-error` has told. */
  #told: ChatAppDialogError | null = null;

  constructor() {
    super();
    this.withToken = false;
  }

  /** What is wrong; `null` where nothing is. */
  get error(): ChatAppDialogError | null {
    if (this.#intent?.kind === 'invalid') return this.#intent.error;
    return this.#credentialError ?? this.#failure;
  }

  /** A token that cannot be used, where the link would use it. */
  get #credentialError(): ChatAppDialogError | null {
    if (!this.withToken || this.#intent?.kind !== 'conversation') return null;
    const {credential} = this.#intent;
    return credential.kind === 'bad' ? credential.error : null;
  }

  /** Where the link leads, without the token; `''` while there is nothing to link to. */
  get #href(): string {
    return this.#intent?.kind === 'conversation' && !this.#credentialError ? this.#intent.url : '';
  }

  async #activate(event: MouseEvent): Promise<void> {
    const intent = this.#intent;
    const isSigningIn = this.withToken && intent?.kind === 'conversation' && intent.credential.kind !== 'none';
    if (event.defaultPrevented || !isSigningIn || !this.#href) return;
    const tab = openBlankTab();
    if (!tab) return; // blocked: the browser follows the link itself, without a token
    event.preventDefault();
    this.#failure = null;
    try {
      await navigate(tab, this.urlWithToken());
    } catch (cause) {
      // The page may show another customer by now.
      if (this.#intent?.id === intent.id) this.#failure = toDialogError(cause);
    }
    this.requestUpdate();
  }

  protected override readInputs(): void {
    const before = this.#intent;
    this.#intent = intentOf(() => this.linkInputs(), before);
    if (this.#intent.id !== before?.id) this.#failure = null;
    void this.#tell();
  }

  /** Tells of an error that is still there when the page has made all its changes and has added its listeners. */
  async #tell(): Promise<void> {
    await untilSettled(new AbortController().signal);
    const {error} = this;
    if (error === this.#told) return;
    this.#told = error;
    if (error) this.dispatchEvent(new ChatAppErrorEvent(error));
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
        target=${textOr(this.target, '_blank')}
        rel=${textOr(this.rel, 'noopener')}
        aria-disabled=${href ? 'false' : 'true'}
        @click=${this.#activate}
        ><slot>${texts.open}</slot></a
      ><small part="error" role="status">${this.#reason(texts)}</small>
    `;
  }

  /** Why there is no link, or why its last activation failed. */
  #reason(texts: Messages): string {
    const {error} = this;
    if (error) return `${texts[errorText(error, navigator.onLine)]} ${error.message}`;
    return this.#intent?.kind === 'nothing' && this.#intent.reason === 'no-filter-value' ? texts.empty : '';
  }
}

/** A text that is set. An exception for another value would keep the link to the previous customer. */
const textOr = (value: unknown, initial: string): string => (typeof value === 'string' && value ? value : initial);
