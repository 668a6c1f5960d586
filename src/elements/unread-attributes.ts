import type {LitElement, PropertyDeclaration} from 'lit';
import {ChatAppDialogError} from '../dialog-error.js';
import {FIELD_ENTRIES, toAttribute} from '../url/fields.js';

/** What developers write instead of an attribute's name. HTML ignores unknown attributes, so the filter would not apply. */
const MISSPELT: Readonly<Record<string, string>> = {
  phones: 'phone tel telephone phone-number phone-numbers customer-phone client-phone crm-phone crm-phones msisdn',
  dialogIds: 'dialog-id dialog chat-id chat-ids chat crm-dialog-ids',
  licenseId: 'licence-id licence license license-ids line-id channel-id api-license-id',
  messengerType: 'messenger messenger-types messanger messanger-type api-messenger-type',
  // The link has an attribute `with-token` of its own, and that one counts there.
  accessToken: 'token auth-token api-token api-access-token with-token',
  getAccessToken: 'get-token',
  crmDomain: 'domain api-crm-domain',
  employeeExtCode: 'employee employee-id employee-code ext-code api-employee-ext-code',
  baseUrl: 'url src href base-uri base-href',
  disabled: 'disable',
};

/** Fields whose misspelt names are looked for among properties too: they are filters, and the names are no others' business. */
const FILTERS: ReadonlySet<string> = new Set(['phones', 'dialogIds', 'licenseId']);

type ElementClass = {elementProperties: ReadonlyMap<PropertyKey, PropertyDeclaration>};

interface Names {
  /** The attributes that the class reads, with their properties. */
  attributes: ReadonlyMap<string, string>;
  /** All spellings, as {@link normalize} writes them, with the properties that they mean. */
  spellings: ReadonlyMap<string, string>;
  /** Spellings to observe. */
  misspelt: readonly string[];
}

const namesOfClasses = new WeakMap<object, Names>();

function namesOf(elementClass: ElementClass): Names {
  let names = namesOfClasses.get(elementClass);
  if (names) return names;
  const attributes = new Map<string, string>();
  const spellings = new Map<string, string>();
  const observed = new Set<string>();
  for (const [key, {attribute}] of elementClass.elementProperties) {
    const property = String(key);
    if (attribute !== false)
      attributes.set(typeof attribute === 'string' ? attribute : property.toLowerCase(), property);
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
    .replace(/^(?:api|crm)\[(\w+)\].*$/, '$1')
    .replace(/[-_]/g, '');

/** Attributes that an element class reads, with their properties. */
export const attributesOf = (elementClass: ElementClass): ReadonlyMap<string, string> =>
  namesOf(elementClass).attributes;

/** Attributes that HTML would leave unread, to be observed. */
export const misspeltNamesOf = (elementClass: ElementClass): readonly string[] => namesOf(elementClass).misspelt;

const classOf = (element: LitElement) => element.constructor as typeof LitElement & ElementClass;

/** What a template wrote where the element does not read it; `null` where it wrote nothing of the kind. */
export function unreadInputOf(element: LitElement): ChatAppDialogError | null {
  const {attributes, spellings} = namesOf(classOf(element));
  for (const attribute of element.getAttributeNames()) {
    const property = attributes.has(attribute) ? undefined : spellings.get(normalize(attribute));
    if (!property) continue;
    const own = toAttribute(property);
    const orAttribute = attributes.has(own) ? ` or the attribute ${own}` : '';
    return unread(property, `no attribute ${attribute}: set the property ${property}${orAttribute}.`);
  }
  // Angular makes a property of what looks like an attribute: [dialog-ids], or license-id="{{id}}".
  for (const [name] of FIELD_ENTRIES) {
    const attribute = toAttribute(name);
    if (attribute !== name && Object.hasOwn(element, attribute)) return unread(name, `set the property ${name}.`);
    const misspelt = FILTERS.has(name) ? MISSPELT[name]!.split(' ') : [];
    const wrong = misspelt.find((each) => Object.hasOwn(element, each) || Object.hasOwn(element, toProperty(each)));
    if (wrong) return unread(name, `no property ${toProperty(wrong)}: set the property ${name}.`);
  }
  return null;
}

const toProperty = (attribute: string): string =>
  attribute.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

const unread = (property: string, problem: string): ChatAppDialogError =>
  new ChatAppDialogError('invalid-field', `${toAttribute(property)}: ${problem}`, property);

/** How frameworks write that an attribute or a property is bound: `:phones`, `v-bind:phones.prop`, `[phones]`, `phones.bind`. */
const BOUND_BEFORE =
  /^(?:(?:v-|x-)?bind:|v-model:|prop:|attr:|th:|(?:data-|x-)?ng-(?:attr|prop)-|bind(?:on)?-|[:.]|\[\(?(?:attr\.|prop\.)?)(.+)$/;
const BOUND_BEHIND = /^(.+)\.(?:bind|to-view|two-way|from-view|one-time|one-way|prop|attr|camel)$/;
/** `v-bind="filters"` binds any field. */
const BOUND_AS_A_WHOLE = /^[vx]-bind(?:\.|$)/;
/** A template's own language, and no framework leaves it behind: `{{#if}}`, `{...props}`, `<?=`, `<%=`. */
const TEMPLATE = /^[{<]|\{\{|\}\}/;
/** Marks that a slip of the pen leaves at a name: `phones="1",dialog-ids="2"`. */
const SLIP = /^[,;*$?"'“”&+]+|[,;:"'“”&+]+$/g;
/** Filters that a page may have noted for its own script. */
const DATA = /^data-(phones?|dialog-?ids?)$/;

/** The field or `baseUrl` that an attribute binds; `fields` where it can be any. */
function boundProperty(attribute: string, spellings: ReadonlyMap<string, string>): string | undefined {
  if (BOUND_AS_A_WHOLE.test(attribute)) return 'fields';
  const bare = attribute.replace(SLIP, '');
  if (bare !== attribute) return spellings.get(normalize(bare));
  const bound = DATA.exec(attribute) ?? BOUND_BEFORE.exec(attribute) ?? BOUND_BEHIND.exec(attribute);
  const name = bound?.[1]?.replace(/(?:\)?\]|(?:\.[\w-]+)+)$/, '');
  return name ? spellings.get(normalize(name)) : undefined;
}

/** Fields that say which conversation opens. Without the token: a page may open without one on purpose. */
const IDENTITY_FIELDS: readonly string[] = FIELD_ENTRIES.map(([name]) => name).filter((name) => name !== 'accessToken');

/** Inputs that say which conversation opens, and where. */
export const IDENTITY: readonly string[] = [...IDENTITY_FIELDS, 'baseUrl'];

/**
 * The first attribute of a template that is not filled in yet, and the property that it waits for. Alpine and AngularJS
 * leave such attributes beside the ones that they have set, so it counts only while the property is not set.
 */
export function unfilledAttributeOf(element: LitElement): {attribute: string; property: string} | null {
  const {spellings} = namesOf(classOf(element));
  const isSet = (property: string) => element[property as keyof LitElement] != null;
  for (const attribute of element.getAttributeNames()) {
    if (TEMPLATE.test(attribute)) return {attribute, property: 'fields'};
    const property = boundProperty(attribute.toLowerCase(), spellings);
    if (!property) continue;
    const isFilled =
      property === 'fields' ? IDENTITY_FIELDS.some(isSet) : !IDENTITY.includes(property) || isSet(property);
    if (!isFilled) return {attribute, property};
  }
  return null;
}
