import {toAttribute} from '../url/fields.js';
import {IDENTITY_FIELDS} from './unread-attributes.js';

/**
 * On an element whose filter came as a property; its value names the properties. A copy has the attributes of an element, and
 * not its properties.
 */
export const COPY_MARK = 'filter-by-property';

/** They filter the dialogs; other fields filter lists, or say who the agent is. */
const FILTERS: readonly string[] = ['phones', 'dialogIds'];

/** Sets the mark on an element, and knows a copy by it: a copy must open neither all chats nor an older customer. */
export class CopyMark {
  readonly #host: HTMLElement;
  /** Inputs whose property counts, and not their attribute. In a copy, those of the element that it was made of. */
  readonly #byProperty = new Set<string>();
  #isCopy = false;
  /** An element with attributes cannot leave its constructor: `createElement()` would fail. */
  #canWrite: boolean;

  constructor(host: HTMLElement, isConstructed: boolean) {
    this.#host = host;
    this.#canWrite = isConstructed;
    if (!isConstructed) void Promise.resolve().then(() => this.constructed());
  }

  /** Whether the element is a copy that has got no filter of its own yet. */
  get isCopy(): boolean {
    return this.#isCopy;
  }

  /** Whether an attribute that comes or goes says less than the property: of this element, or of the one that it is a copy of. */
  isOlder(name: string, value: string | null): boolean {
    // Morphing scripts take away attributes that the server's HTML does not have. The page's filter stays.
    return (this.#isCopy || value === null) && name !== 'disabled' && this.#byProperty.has(name);
  }

  /** Call it when the constructor has certainly ended. */
  constructed(): void {
    if (this.#canWrite) return;
    this.#canWrite = true;
    this.#write();
  }

  /** An input came as a property. Vue and Preact set '' where a value was taken away. */
  propertySet(name: string, value: unknown): void {
    if (value == null || value === false || (value === '' && !FILTERS.includes(name))) {
      const hasAttribute = IDENTITY_FIELDS.includes(name) && this.#host.hasAttribute(toAttribute(name));
      if (hasAttribute) this.#byProperty.add(name);
      else if (!this.#isCopy) this.#byProperty.delete(name);
    } else {
      this.#byProperty.add(name);
      // If the original had a filter as a property, another field is not enough: all chats of a license could open.
      const isWaitedFor = FILTERS.some((filter) => this.#byProperty.has(filter)) ? FILTERS : IDENTITY_FIELDS;
      if (isWaitedFor.includes(name)) this.#isCopy = false;
    }
    this.#write();
  }

  /** An input came as an attribute, which a copy has too. */
  attributeRead(name: string): void {
    if (this.#byProperty.delete(name)) this.#write();
  }

  /** The mark has come or gone. Morphing scripts take away what the server's HTML does not have. */
  changed(value: string | null): void {
    if (value === null || this.#isCopy || this.#byProperty.size) return this.#write();
    this.#isCopy = true;
    for (const name of IDENTITY_FIELDS) {
      // A mark without names is not the element's own. Then no attribute counts.
      if (!value || value.includes(name)) {
        this.#byProperty.add(name);
        // The attribute may have been read before the mark.
        Reflect.set(this.#host, name, undefined);
      }
    }
  }

  #write(): void {
    if (!this.#canWrite) return;
    const value = [...this.#byProperty].join(' ');
    if (!value && !this.#isCopy) this.#host.removeAttribute(COPY_MARK);
    else if (value !== this.#host.getAttribute(COPY_MARK)) this.#host.setAttribute(COPY_MARK, value);
  }
}
