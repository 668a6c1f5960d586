import type {LitElement, PropertyDeclaration, PropertyDeclarations} from 'lit';
import type {GetAccessToken} from '../conversation/access-token.js';
import {asksForToken, type Inputs, intentOf} from '../conversation/intent.js';
import {pageOrigin} from '../conversation/token-route.js';
import {requestToken} from '../conversation/tokens.js';
import {ChatAppDialogError} from '../dialog-error.js';
import {MESSAGES_EVENT, watchLanguageOf} from '../messages.js';
import {shareableDialogUrl} from '../url/dialog-url.js';
import {
  type DialogFields,
  FIELD_ENTRIES,
  hasOnlyEmptyFilters,
  readLists,
  toAttribute,
  unknownNames,
} from '../url/fields.js';
import {isPlain} from '../url/http-build-query.js';
import {toList} from '../url/lists.js';
import {ensureStyles} from './adopted-styles.js';
import {AttributeReader} from './attribute-reader.js';
import {blockedError, navigate, openBlankTab, whileSame} from './new-tab.js';
import {unreadInputOf} from './unread-attributes.js';

/** Fields without the secret one. */
export type DialogIdentityFields = Omit<DialogFields, 'accessToken'>;

/** What a list property takes besides an array: the attribute's text, or a single number. */
type ListInput = readonly (string | number)[] | string | number | null | undefined;

/** A list may be changed in place and set again. Whether that means another conversation, its URL tells. */
const LIST: PropertyDeclaration = {converter: toList, hasChanged: () => true};

/** What the package's elements share: the fields of the Dialog's URL as attributes and properties, the token, the link. */
export abstract class DialogFieldsElement extends AttributeReader {
  /** Version of the package. */
  static readonly version: string = '0.1.0';

  static override properties: PropertyDeclarations = {
    // Known to Lit, so that it is kept too where it was set before the upgrade.
    fields: {noAccessor: true, attribute: false},
    ...Object.fromEntries(
      FIELD_ENTRIES.map(([name, {list}]) => [name, {attribute: toAttribute(name), ...(list && LIST)}]),
    ),
    // A URL may be changed in place and set again, as a list may.
    baseUrl: {attribute: 'base-url', hasChanged: () => true},
    disabled: {type: Boolean},
    // The attribute is read for the error that it is.
    getAccessToken: {attribute: 'get-access-token'},
    accessTokenUrl: {attribute: 'access-token-url'},
  };

  /** Number of the channel (license, line). Filters the list of licenses. Default: none. */
  declare licenseId: DialogFields['licenseId'];
  /** Messenger, for example `grWhatsApp`. Filters the list of messengers. Default: none. */
  declare messengerType: DialogFields['messengerType'];
  /** The customer's phones, a filter of dialogs. An empty list means that this customer has none. Default: no filter. */
  declare phones: ListInput;
  /** Chat ids, a filter of dialogs. An empty list means that this customer has none. Default: no filter. */
  declare dialogIds: ListInput;
  /** Access token of ChatApp's API, live at the time of opening. Secret: prefer the property to the attribute, which the page's DOM shows. Never reflected. */
  declare accessToken: DialogFields['accessToken'];
  /** Domain of the CRM; with `employeeExtCode`, signs in a specific employee. Default: none. */
  declare crmDomain: DialogFields['crmDomain'];
  /** The employee's id in the CRM; with `crmDomain`, signs in a specific employee. Default: none. */
  declare employeeExtCode: DialogFields['employeeExtCode'];
  /**
   * Where the Dialog runs.
   * @default 'https://dialogs.pro/'
   */
  declare baseUrl: string | URL | null | undefined;
  /**
   * The page's data is not there yet: nothing opens, and what was open closes.
   * @default false
   */
  declare disabled: boolean;
  /**
   * Gets a live access token; called right before each opening, and wins over `accessToken`. `null` as an answer opens
   * without a token; a rejection, or no answer within 15 seconds, opens nothing. Default: none.
   */
  declare getAccessToken: GetAccessToken | null | undefined;
  /**
   * Path of your server's route that answers `POST` with `{"accessToken": "…"}`, as `createAccessTokenHandler()` does; asked
   * right before each opening, with the page's cookies. It must be of the page's own origin, and its token goes only to
   * ChatApp's origins, or to the `dialogOrigin` that the answer names. `getAccessToken` wins over it, and it wins over
   * `accessToken`. Default: none.
   */
  declare accessTokenUrl: string | null | undefined;

  readonly #rewrite = () => this.requestUpdate();
  /** Names given to `fields` that are no fields. Their values may be secret. */
  #unknownFields: Record<string, null> = {};
  /** Why the value given to `fields` could not be read. */
  #fieldsFault: ChatAppDialogError | null = null;

  constructor() {
    super();
    this.disabled = false;
  }

  /**
   * All fields at once. Reading leaves the access token out. Setting replaces the others, and the token only when
   * the key `accessToken` is there: `el.fields = {...el.fields, phones: ['79991234567']}` changes the phones alone.
   */
  get fields(): DialogIdentityFields {
    const fields = this.#givenFields();
    try {
      return readLists(fields);
    } catch {
      return fields; // with a list that cannot be read
    }
  }

  set fields(fields: DialogFields | null | undefined) {
    this.#fieldsFault = null;
    this.#unknownFields = Object.create(null) as Record<string, null>;
    try {
      // What is no plain object (a Promise without its await, a Map) would be no filter.
      const source: DialogFields = fields == null ? {} : isPlain(fields) ? fields : ({fields} as object);
      for (const name of unknownNames(source)) this.#unknownFields[name] = null;
      for (const [name] of FIELD_ENTRIES) {
        // Own properties only: a script may have extended Object.prototype.
        const isGiven = Object.hasOwn(source, name);
        if (isGiven || name !== 'accessToken') Object.assign(this, {[name]: isGiven ? source[name] : undefined});
      }
    } catch {
      // A getter of the object has thrown, or a setter of the page's class. Some fields may be set by now.
      this.#fieldsFault = new ChatAppDialogError('invalid-field', 'fields: cannot be read or set.', 'fields');
    }
    this.propertySet('fields', this.#fieldsFault !== null || Object.keys(this.#unknownFields).length > 0);
    this.requestUpdate();
  }

  /**
   * Link to the conversation for colleagues: without access token, CRM domain and employee code.
   * `null` where a field or the base URL is bad, or the customer has no phone and no chat id.
   */
  get url(): string | null {
    try {
      const {fault, notReady, fields: given, baseUrl} = this.linkInputs();
      if (fault || notReady) return null;
      const fields = readLists(given);
      return hasOnlyEmptyFilters(fields) ? null : shareableDialogUrl(fields, {baseUrl: baseUrl as string});
    } catch {
      return null;
    }
  }

  /**
   * Opens the conversation in a new tab; call it in a click. With `withToken` the access token stands in that tab's
   * address, and so in the browser's history.
   * @throws DOMException as a rejection: `InvalidStateError` while disabled or where there is no URL, `NotAllowedError` where the browser blocks the window.
   * `AbortError` where the page signs out, or names another agent, while the token is awaited.
   * @throws ChatAppDialogError as a rejection, where a token is asked for and is bad, or `getAccessToken` fails.
   */
  async openInNewTab({withToken = false}: {withToken?: boolean} = {}): Promise<void> {
    const url = this.#requireUrl();
    const tab = openBlankTab();
    if (!tab) throw blockedError();
    await navigate(tab, withToken ? this.urlWithToken() : url);
  }

  /**
   * Copies the link for colleagues, {@link url}, to the clipboard; call it in a click.
   * @throws DOMException as a rejection: `InvalidStateError` while disabled or where there is no URL, `NotAllowedError` where the browser forbids it.
   */
  async copyLink(): Promise<void> {
    await navigator.clipboard.writeText(this.#requireUrl());
  }

  #requireUrl(): string {
    // What a class of the page sets in `willUpdate()` is not there yet.
    if (this.hasUpdated) this.performUpdate();
    const url = this.disabled ? null : this.url; // while disabled, the filters may still be missing
    if (!url) throw new DOMException('Nothing to link to.', 'InvalidStateError');
    return url;
  }

  /** The fields that are set, without the token. Each is read once: a getter could give another value the next time. */
  #givenFields(): Record<string, unknown> {
    const entries = FIELD_ENTRIES.filter(([name]) => name !== 'accessToken').map(
      ([name]) => [name, this[name]] as const,
    );
    return Object.fromEntries(entries.filter(([, value]) => value != null));
  }

  /** What the page wants, as far as a link needs it. */
  protected linkInputs(): Inputs {
    return {
      fields: {...this.#unknownFields, ...this.#givenFields()},
      accessToken: this.accessToken,
      getAccessToken: this.getAccessToken,
      accessTokenUrl: this.accessTokenUrl,
      baseUrl: this.baseUrl,
      sandbox: '', // a link makes no frame
      allow: null,
      disabled: this.disabled,
      fault: this.updateFault ?? this.#fieldsFault ?? unreadInputOf(this),
      notReady: this.notReady !== null,
      page: {origin: pageOrigin(), baseURI: this.ownerDocument.baseURI},
    };
  }

  /**
   * The Dialog's URL with the token, a secret, for the conversation at the time of the call.
   * @throws ChatAppDialogError as a rejection, where there is none or no token can be got
   */
  protected async urlWithToken(): Promise<string> {
    const intent = intentOf(() => this.linkInputs());
    if (intent.kind === 'invalid') throw intent.error;
    if (intent.kind === 'nothing') throw new DOMException('Nothing to link to.', 'InvalidStateError');
    if (intent.credential.kind === 'bad') throw intent.credential.error;
    if (!asksForToken(intent)) return intent.urlWith();
    const {isClosed} = this;
    const isSame = () => {
      const now = intentOf(() => this.linkInputs());
      const isSignedOut = now.kind === 'conversation' && !asksForToken(now);
      return this.isClosed === isClosed && !isSignedOut && now.parkingGroup === intent.parkingGroup;
    };
    return intent.urlWith(await whileSame(this, isSame, (signal) => requestToken(intent, 'open', signal)));
  }

  /** Whether the page has closed the element, as it does when it signs the agent out. */
  protected get isClosed(): boolean {
    return false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.isDeferred) return;
    addEventListener(MESSAGES_EVENT, this.#rewrite);
    watchLanguageOf(this.ownerDocument);
    if (this.renderRoot instanceof ShadowRoot) ensureStyles(this.renderRoot, this.#class.elementStyles);
  }

  protected override createRenderRoot(): ShadowRoot {
    const root = this.shadowRoot ?? this.attachShadow(this.#class.shadowRootOptions);
    root.replaceChildren(); // a saved page has the shadow tree of the element that was saved
    ensureStyles(root, this.#class.elementStyles);
    return root;
  }

  get #class(): typeof LitElement {
    return this.constructor as typeof LitElement;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener(MESSAGES_EVENT, this.#rewrite);
  }
}
