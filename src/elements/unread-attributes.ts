import type {LitElement, PropertyDeclaration} from 'lit';
import {ChatAppDialogError} from '../dialog-error.js';
import {FIELD_ENTRIES, toAttribute} from '../url/fields.js';

/** What developers write instead of an attribute's name. HTML ignores unknown attributes, so the filter would not apply. */
const MISSPELT: Readonly<Record<string, string>> = {
  phones: 'phone tel telephone phone-number phone-numbers customer-phone crm-phones phones-json',
  dialogIds: 'dialog-id dialog chat-id chat-ids chat',
  licenseId: 'licence-id licence license line-id channel-id',
  messengerType: 'messenger',
  accessToken: 'token auth-token api-token',
  getAccessToken: 'get-token',
  accessTokenUrl: 'token-url',
  crmDomain: 'domain',
  employeeExtCode: 'employee employee-id employee-code ext-code',
  baseUrl: 'url src href',
  disabled: 'disable',
};

/** Fields that say which conversation opens. Without the token: a page may open without one on purpose. */
export const IDENTITY_FIELDS: readonly string[] = FIELD_ENTRIES.map(([name]) => name).filter(
  (name) => name !== 'accessToken',
);

/** Inputs that say which conversation opens, and where. */
export const IDENTITY: readonly string[] = [...IDENTITY_FIELDS, 'baseUrl'];

type ElementClass = {elementProperties: ReadonlyMap<PropertyKey, PropertyDeclaration>};

interface Names {
  /** The attributes that the class reads, with their properties. */
  attributes: ReadonlyMap<string, string>;
  /** All spellings, as {@link normalize} writes them, with the properties that they mean. */
  spellings: ReadonlyMap<string, string>;
  /** Attributes that HTML would leave unread, to be observed. */
  misspelt: readonly string[];
}

const namesOfClasses = new WeakMap<object, Names>();

/** The names of an element class. */
export function namesOf(elementClass: ElementClass): Names {
  let names = namesOfClasses.get(elementClass);
  if (names) return names;
  const attributes = new Map<string, string>();
  const spellings = new Map<string, string>();
  const observed = new Set<string>();
  for (const [key, {attribute}] of elementClass.elementProperties) {
    const property = String(key);
    if (attribute !== false)
      attributes.set(attribute === true || !attribute ? property.toLowerCase() : attribute, property);
    const others = Object.hasOwn(MISSPELT, property) ? MISSPELT[property]!.split(' ') : [];
    for (const name of [toAttribute(property), ...others]) {
      spellings.set(normalize(name), property);
      for (const separator of ['-', '_', '']) observed.add(name.replaceAll('-', separator));
    }
    observed.add(property); // XML keeps its capitals
  }
  names = {attributes, spellings, misspelt: [...observed].filter((name) => !attributes.has(name))};
  namesOfClasses.set(elementClass, names);
  return names;
}

/** A name without capitals, `-` and `_`; a parameter of the vendor's URL, such as `crm[phones][0]`, by its inner name. */
const normalize = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^(api|crm)\[(\w+).*$/, '$2')
    .replace(/[-_]/g, '');

const classOf = (element: LitElement) => element.constructor as typeof LitElement & ElementClass;

/** What a page wrote where the element does not read it; `null` where it wrote nothing of the kind. */
export function unreadInputOf(element: LitElement): ChatAppDialogError | null {
  const {attributes, spellings} = namesOf(classOf(element));
  const unread = (property: string, kind: string, name: string): ChatAppDialogError => {
    const own = toAttribute(property);
    const orAttribute = attributes.has(own) ? ` or the attribute ${own}` : '';
    const problem = `${own}: no ${kind} ${name}: set the property ${property}${orAttribute}.`;
    return new ChatAppDialogError('invalid-field', problem, property);
  };
  for (const name of element.getAttributeNames()) {
    // Right markup has no such name. A quote is missing before it, and a filter may be part of another value.
    if (/["']/.test(name)) {
      return new ChatAppDialogError(
        'invalid-field',
        'A quote is missing in the tag: it is part of the name of an attribute.',
      );
    }
    const property = spellings.get(normalize(name));
    if (property && !attributes.has(name)) return unread(property, 'attribute', name);
  }
  // A class field of the page's class stands in front of the element's own property, and Lit says so in development only.
  for (const name of [...IDENTITY, 'fields', 'disabled', 'accessToken', 'getAccessToken', 'accessTokenUrl']) {
    if (!Object.hasOwn(element, name)) continue;
    const problem = `${toAttribute(name)}: a class field hides the property. Set it in the constructor instead.`;
    return new ChatAppDialogError('invalid-field', problem, name);
  }
  // Angular makes a property of what looks like an attribute: [dialog-ids], or license-id="{{id}}". Other properties of a
  // class of the page may have a name of the table by chance, unless it is a filter's.
  for (const name of Object.keys(element)) {
    const property = spellings.get(normalize(name));
    const isMeant = property && name !== property && (name.includes('-') || FILTERS.has(property));
    if (isMeant) return unread(property, 'property', name);
  }
  if (element.ownerDocument.contentType === 'text/html') return null;
  // Lit's templates are HTML, and XML refuses them.
  return new ChatAppDialogError('internal', 'Serve the page as text/html, not as XHTML.');
}

/** Names of properties that are a mistake on any element. */
const FILTERS: ReadonlySet<string> = new Set(['phones', 'dialogIds', 'licenseId']);

/** Properties that a template can leave unfilled, so that another conversation would open. */
const UNFILLED: ReadonlySet<string> = new Set([...IDENTITY, 'fields']);

/** What a template's own language leaves behind, and what binds all properties at once: `{{#if}}`, `<?=`, `v-bind`. */
const ANY_FIELD = /^[{<]|[{}]{2}|^(v-|x-|data-|th:)(bind|attr)(\.|:\[|$)/;

/** What binds an event, and not an input: `@click`, `v-on:click`, `(click)`. */
const EVENT = /^(@|\(|([\w-]*-)?on:)/;

/**
 * The first attribute of a template that is not filled in yet, and the property that it waits for: `:phones`,
 * `v-bind:phones.prop`, `[phones]`, `phones.bind`, `ng-attr-phones`. Alpine and AngularJS leave such attributes beside the
 * ones that they have set, so it counts only while the property is not set.
 */
export function unfilledAttributeOf(element: LitElement): {attribute: string; property: string} | null {
  const {attributes, spellings, misspelt} = namesOf(classOf(element));
  const isSet = (property: string) => element[property as keyof LitElement] != null;
  for (const attribute of element.getAttributeNames()) {
    if (attributes.has(attribute) || misspelt.includes(attribute) || EVENT.test(attribute)) continue;
    const words = attribute.replace(/^(data-|th-|ng-|attr-|prop-|bind-|bindon-)+/, '').split(/[^\w-]+/);
    const property = ANY_FIELD.test(attribute)
      ? 'fields'
      : words.map((word) => spellings.get(normalize(word))).find((name) => name && UNFILLED.has(name));
    // A license beside it is no filter of dialogs, and most pages write one.
    const isFilled = property === 'fields' ? isSet('phones') || isSet('dialogIds') : property && isSet(property);
    if (property && !isFilled) return {attribute, property};
  }
  return null;
}
