import {LitElement, type PropertyDeclaration, type PropertyDeclarations} from 'lit';
import {ChatAppDialogError} from './dialog-error.js';
import {type AnsweredFields, type GetAccessToken, requestAccessToken} from './frame/access-token.js';
import {MESSAGES_EVENT} from './messages.js';
import {buildDialogUrl, shareableDialogUrl} from './url/dialog-url.js';
import {
  DialogFieldError,
  type DialogFields,
  FIELD_ENTRIES,
  FIELDS,
  isPlain,
  parseList,
  toAttribute,
} from './url/fields.js';

/** Fields without the secret one. */
export type DialogIdentityFields = Omit<DialogFields, 'accessToken'>;

/** What a list property takes besides an array: the attribute's text, or a single number. */
type ListInput = readonly (string | number)[] | string | number | null | undefined;

const toArray = (value: unknown): unknown =>
  // A copy, so that nobody changes the element's list by changing what its getter gave.
  Array.isArray(value)
    ? [...value]
    : typeof value === 'string'
      ? parseList(value)
      : typeof value === 'number'
        ? [value]
        : value;

/** A list may be changed in place and set again; whether that means another conversation, its URL tells. */
const LIST: PropertyDeclaration = {converter: toArray, hasChanged: () => true};

/** Attributes that would be left unread, by the property that they mean: `licenseid`, which React 18 makes of `licenseId`. */
const MISNOMERS = new Map<string, string>();

/** A server that renders the page sets it, and the framework takes it away when it has set the properties. */
const DEFER = 'defer-hydration';

/** Lit's field, which it sets at the first connection. */
type Rooted = {renderRoot: HTMLElement | DocumentFragment | undefined};

/** What the package's elements share: the fields of the Dialog's URL as attributes and properties, the token, the link. */
export abstract class DialogFieldsElement extends LitElement {
  /** Version of the package. */
  static readonly version: string = '0.1.0';

  static override properties: PropertyDeclarations = {
    // Known to Lit, so that it is kept too where it was set before the upgrade.
    fields: {noAccessor: true, attribute: false},
    ...Object.fromEntries(
      FIELD_ENTRIES.map(([name, {list}]) => [name, {attribute: toAttribute(name), ...(list && LIST)}]),
    ),
    baseUrl: {attribute: 'base-url'},
    disabled: {type: Boolean},
    // The attribute is read for the error that it is.
    getAccessToken: {attribute: 'get-access-token'},
  };

  static override get observedAttributes(): string[] {
    const attributes = super.observedAttributes;
    for (const name of this.elementProperties.keys() as Iterable<string>) {
      if (!attributes.includes(name.toLowerCase())) MISNOMERS.set(name.toLowerCase(), name);
    }
    return [...attributes, ...MISNOMERS.keys(), DEFER];
  }

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

  readonly #rewrite = () => this.requestUpdate();
  #warned = false;
  /** Names given to `fields` that are no fields, for the error that they are; their values may be secret. */
  #unknown: Record<string, null> = {};
  #isRestoring = false;

  constructor() {
    super();
    this.disabled = false;
  }

  /**
   * All fields at once. Reading leaves the access token out. Setting replaces the others, and the token only when
   * the key `accessToken` is there: `el.fields = {...el.fields, phones: ['79991234567']}` changes the phones alone.
   */
  get fields(): DialogIdentityFields {
    const fields: Record<string, unknown> = {};
    for (const [name, {list}] of FIELD_ENTRIES) {
      const value = this[name];
      if (name !== 'accessToken' && value != null) fields[name] = list ? toArray(value) : value;
    }
    return fields;
  }

  set fields(fields: DialogFields | null | undefined) {
    // What is no plain object (a Promise without its await, a Map) would be no filter.
    const given: Record<string, unknown> = {
      accessToken: this.accessToken,
      ...(fields == null || isPlain(fields) ? fields : {fields}),
    };
    this.#unknown = Object.create(null) as Record<string, null>;
    for (const name in {...FIELDS, ...given}) {
      if (Object.hasOwn(FIELDS, name)) (this as Record<string, unknown>)[name] = given[name];
      else this.#unknown[name] = null;
    }
    this.requestUpdate();
  }

  /**
   * Link to the conversation for colleagues: without access token, CRM domain and employee code.
   * `null` where a field or the base URL is bad, or the customer has no phone and no chat id.
   */
  get url(): string | null {
    try {
      return this.hasEmptyFilter ? null : shareableDialogUrl(this.#checkedFields, this);
    } catch {
      return null;
    }
  }

  /**
   * Opens the conversation in a new tab; call it in a click. With `withToken` the access token stands in that tab's
   * address, and so in the browser's history.
   * @throws DOMException as a rejection: `InvalidStateError` while disabled or where there is no URL, `NotAllowedError` where the browser blocks the window.
   * @throws DialogFieldError as a rejection, where a token is asked for and the one given is bad.
   * @throws ChatAppDialogError as a rejection, where `getAccessToken` fails.
   */
  async openInNewTab({withToken = false}: {withToken?: boolean} = {}): Promise<void> {
    const url = this.#requireUrl();
    const {getAccessToken} = this;
    // What the click meant, although the page may have moved on when the token comes.
    const toUrl = this.toUrl();
    // A blank window first, while the click counts: its link to this page is cut before the Dialog is in it.
    const tab = window.open();
    if (!tab) throw new DOMException('Tab blocked.', 'NotAllowedError');
    tab.opener = null;
    try {
      const answered =
        withToken && getAccessToken
          ? await requestAccessToken(getAccessToken, 'open', new AbortController().signal)
          : undefined;
      tab.location.replace(withToken ? toUrl(answered) : url);
    } catch (error) {
      tab.close();
      throw error;
    }
  }

  /**
   * Copies the link for colleagues, {@link url}, to the clipboard; call it in a click.
   * @throws DOMException as a rejection: `InvalidStateError` while disabled or where there is no URL, `NotAllowedError` where the browser forbids it.
   */
  async copyLink(): Promise<void> {
    await navigator.clipboard.writeText(this.#requireUrl());
  }

  #requireUrl(): string {
    const {url} = this;
    // While disabled, the filters may still be missing.
    if (!url || this.disabled) throw new DOMException('Nothing to link to.', 'InvalidStateError');
    return url;
  }

  /** Whether filters are given and all of them are empty: this customer has none, which must not open all chats. */
  protected get hasEmptyFilter(): boolean {
    const lists = Object.values(this.fields).filter(Array.isArray);
    return !!lists[0] && !lists.flat().length;
  }

  /**
   * The Dialog's URL without the token; `''` where nothing is to be opened, on purpose.
   * @throws DialogFieldError
   */
  protected get tokenlessUrl(): string {
    if (this.disabled) return '';
    const url = buildDialogUrl(this.#checkedFields, this);
    return this.hasEmptyFilter ? '' : url;
  }

  /**
   * Makes the Dialog's URL with the token, a secret, from the fields as they are now.
   * @throws DialogFieldError now, or for a bad token when the URL is made.
   */
  protected toUrl(): (answered?: AnsweredFields) => string {
    const {baseUrl} = this;
    const own = {...this.#checkedFields, accessToken: this.accessToken};
    return (answered) => {
      const fields: DialogFields = answered
        ? {
            ...own,
            accessToken: answered.accessToken,
            crmDomain: answered.crmDomain ?? own.crmDomain,
            employeeExtCode: answered.employeeExtCode ?? own.employeeExtCode,
          }
        : own;
      // The vendor's page: both are "required for authorization under a specific employee".
      if (!fields.crmDomain !== !fields.employeeExtCode && !this.#warned) {
        this.#warned = true;
        console.warn('<chatapp-dialog>: crm-domain and employee-ext-code need each other.');
      }
      return buildDialogUrl(fields, {baseUrl});
    };
  }

  /** Like {@link toUrl}, for a token that is checked now. @throws DialogFieldError, ChatAppDialogError */
  protected toCheckedUrl(): (answered?: AnsweredFields) => string {
    const {getAccessToken} = this;
    if (getAccessToken != null && typeof getAccessToken !== 'function') {
      throw new ChatAppDialogError(
        'invalid-field',
        'get-access-token: set the property getAccessToken to a function.',
        'getAccessToken',
      );
    }
    const toUrl = this.toUrl();
    if (!getAccessToken && this.accessToken != null) toUrl();
    return toUrl;
  }

  /** The fields with the names that are none, for which they are refused. @throws DialogFieldError for a misspelt attribute. */
  get #checkedFields(): DialogFields {
    for (const attribute of this.getAttributeNames()) {
      const property = MISNOMERS.get(attribute);
      if (property) throw new DialogFieldError(property, `no attribute ${attribute}: set the property ${property}.`);
    }
    for (const [name] of FIELD_ENTRIES) {
      // Angular makes a property of what looks like an attribute: [dialog-ids], or license-id="{{id}}".
      if (Object.hasOwn(this, toAttribute(name))) throw new DialogFieldError(name, `set the property ${name}.`);
    }
    return {...this.#unknown, ...this.fields};
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    this.requestUpdate();
    if (name === DEFER && this.isConnected) this.connectedCallback();
  }

  override connectedCallback(): void {
    const {renderRoot} = this as Rooted;
    const isDeferred = this.hasAttribute(DEFER);
    // In place of a shadow tree, which would hide the light DOM.
    if (isDeferred) (this as Rooted).renderRoot ??= this;
    else {
      super.connectedCallback();
      addEventListener(MESSAGES_EVENT, this.#rewrite);
    }
    if (!this.hasUpdated) {
      // What was set before the upgrade Lit would put back at the first update, over what is set until then.
      this.#isRestoring = true;
      this.performUpdate();
      this.#isRestoring = false;
      this.requestUpdate();
    }
    if (isDeferred) (this as Rooted).renderRoot = renderRoot;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener(MESSAGES_EVENT, this.#rewrite);
  }

  protected override shouldUpdate(): boolean {
    return !this.#isRestoring;
  }
}
