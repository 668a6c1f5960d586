import {IDENTITY_FIELDS} from './unread-attributes.js';

/** On an element whose filter came as a property. A copy has the attributes of an element, and not its properties. */
export const COPY_MARK = 'filter-by-property';

/** Sets the mark on an element, and knows a copy by it: a copy must open neither all chats nor an older customer. */
export class CopyMark {
  readonly #host: HTMLElement;
  /** Inputs that came as properties. */
  readonly #given = new Set<string>();
  #isCopy = false;
  /** An element with attributes cannot leave its constructor: `createElement()` would fail. */
  #canWrite: boolean;

  constructor(host: HTMLElement, isConstructed: boolean) {
    this.#host = host;
    this.#canWrite = isConstructed;
    if (!isConstructed) queueMicrotask(() => this.constructed());
  }

  /** Whether the element is a copy that has got no filter of its own yet. The attributes of its fields do not count. */
  get isCopy(): boolean {
    return this.#isCopy;
  }

  /** Whether a filter, or where the chats are, came as a property, and no attribute has replaced it since. */
  hasGiven(name: string): boolean {
    return name !== 'disabled' && this.#given.has(name);
  }

  /** Call it when the constructor has certainly ended. */
  constructed(): void {
    if (this.#canWrite) return;
    this.#canWrite = true;
    this.#write();
  }

  /** An input came as a property. Vue and Preact set '' where a value was taken away. */
  propertySet(name: string, value: unknown): void {
    const isList = name === 'phones' || name === 'dialogIds';
    if (value == null || value === false || (value === '' && !isList)) {
      this.#given.delete(name);
    } else {
      this.#given.add(name);
      // The base URL says where the chats are, and `disabled` when they open. Neither is a filter.
      if (name !== 'baseUrl' && name !== 'disabled') this.#isCopy = false;
    }
    this.#write();
  }

  /** An input came as an attribute, which a copy has too. */
  attributeRead(name: string): void {
    if (this.#given.delete(name)) this.#write();
  }

  /** The mark has come or gone. Morphing scripts take away what the server's HTML does not have. */
  changed(value: string | null): void {
    if (value === null) return this.#write();
    if (this.#isCopy || this.#given.size > 0) return;
    this.#isCopy = true;
    // Attributes may have been read before the mark.
    Object.assign(this.#host, Object.fromEntries(IDENTITY_FIELDS.map((name) => [name, undefined])));
  }

  #write(): void {
    if (!this.#canWrite) return;
    const isWanted = this.#isCopy || this.#given.size > 0;
    if (isWanted !== this.#host.hasAttribute(COPY_MARK)) this.#host.toggleAttribute(COPY_MARK, isWanted);
  }
}
