import {type PropertyDeclaration, type PropertyDeclarations, ReactiveElement} from '@lit/reactive-element';
import {shareableDialogUrl} from './url/dialog-url.js';
import {type DialogFields, FIELD_ENTRIES, FIELDS, isPlain, parseList, toAttribute} from './url/fields.js';

/** Fields without the secret one. */
export type DialogIdentityFields = Omit<DialogFields, 'accessToken'>;

/** What a list property takes besides an array: the attribute's text, or a single number. */
type ListInput = readonly (string | number)[] | string | number | null | undefined;

const toArray = (value: unknown): unknown =>
  // A copy, so that nobody changes the element's list by changing what its getter gave.
  Array.isArray(value) ? [...value] : typeof value === 'string' ? parseList(value) : typeof value === 'number' ? [value] : value;

/** A list may be changed in place and set again; whether that means another conversation, its URL tells. */
const LIST: PropertyDeclaration = {converter: toArray, hasChanged: () => true};

/** What the package's elements share: the fields of the Dialog's URL as attributes and properties. */
export abstract class DialogFieldsElement extends ReactiveElement {
  /** Version of the package. */
  static readonly version: string = '0.1.0';

  static override properties: PropertyDeclarations = {
    // Known to Lit, so that it is kept too where it was set before the upgrade.
    fields: {noAccessor: true, attribute: false},
    ...Object.fromEntries(
      FIELD_ENTRIES.map(([name, {list}]) => [name, {attribute: toAttribute(name), ...(list && LIST)}]),
    ),
    baseUrl: {attribute: 'base-url'},
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
  /** Where the Dialog runs. Default `https://dialogs.pro/`. */
  declare baseUrl: string | URL | null | undefined;

  /** Names given to `fields` that are no fields, for the error that they are; their values may be secret. */
  #unknown: Record<string, null> = {};
  #isRestoring = false;

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
    const given: Record<string, unknown> = {accessToken: this.accessToken, ...(fields == null || isPlain(fields) ? fields : {fields})};
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
      return this.hasEmptyFilter ? null : shareableDialogUrl(this.checkedFields, this);
    } catch {
      return null;
    }
  }

  /** Whether filters are given and all of them are empty: this customer has none, which must not open all chats. */
  protected get hasEmptyFilter(): boolean {
    const lists = Object.values(this.fields).filter(Array.isArray);
    return !!lists[0] && !lists.flat().length;
  }

  /** The fields with the names that are none, for which they are refused. */
  protected get checkedFields(): DialogFields {
    return {...this.#unknown, ...this.fields};
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) return;
    // What was set before the upgrade Lit would put back at the first update, over what is set until then.
    this.#isRestoring = true;
    this.performUpdate();
    this.#isRestoring = false;
    this.requestUpdate();
  }

  protected override shouldUpdate(): boolean {
    return !this.#isRestoring;
  }
}
