import type {LitElement, PropertyDeclaration} from 'lit';
import {ChatAppDialogError} from '../dialog-error.js';
import {FIELD_ENTRIES, toAttribute} from '../url/fields.js';

/** For each class, the properties by their names in lower case: HTML keeps `licenseId` as the attribute `licenseid`. */
const misspeltNames = new WeakMap<object, ReadonlyMap<string, string>>();

type ElementClass = {elementProperties: ReadonlyMap<PropertyKey, PropertyDeclaration>};

/** Attributes of an element class that HTML would leave unread, by the property that they mean. */
export function misspeltNamesOf(elementClass: ElementClass): ReadonlyMap<string, string> {
  let names = misspeltNames.get(elementClass);
  if (!names) {
    const properties = [...elementClass.elementProperties];
    const attributes = new Set(
      properties.map(([name, {attribute}]) => (typeof attribute === 'string' ? attribute : String(name).toLowerCase())),
    );
    const unread = properties
      .map(([name, {attribute}]) => [String(name).toLowerCase(), String(name), attribute] as const)
      .filter(([lowerCase, , attribute]) => attribute === false || !attributes.has(lowerCase));
    names = new Map(unread.map(([lowerCase, name]) => [lowerCase, name]));
    misspeltNames.set(elementClass, names);
  }
  return names;
}

/** What a template wrote where the element does not read it; `null` where it wrote nothing of the kind. */
export function unreadInputOf(element: LitElement): ChatAppDialogError | null {
  const names = misspeltNamesOf(element.constructor as typeof LitElement & ElementClass);
  for (const attribute of element.getAttributeNames()) {
    const property = names.get(attribute);
    if (property) return unread(property, `no attribute ${attribute}: set the property ${property}.`);
  }
  for (const [name] of FIELD_ENTRIES) {
    // Angular makes a property of what looks like an attribute: [dialog-ids], or license-id="{{id}}".
    const attribute = toAttribute(name);
    if (attribute !== name && Object.hasOwn(element, attribute)) return unread(name, `set the property ${name}.`);
  }
  return null;
}

const unread = (property: string, problem: string): ChatAppDialogError =>
  new ChatAppDialogError('invalid-field', `${toAttribute(property)}: ${problem}`, property);
