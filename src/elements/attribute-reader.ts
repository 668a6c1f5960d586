import {type PropertyDeclaration} from 'lit';
import {COPY_MARK, CopyMark} from './copy-mark.js';
import {GuardedElement} from './guarded-element.js';
import {ReadyHint} from './ready-hint.js';
import {IDENTITY, namesOf, unfilledAttributeOf} from './unread-attributes.js';

/** Inputs by which a copy, which has no properties, would open something else. */
const MARKED: ReadonlySet<string> = new Set([...IDENTITY, 'disabled']);

/** A Lit element that tells attributes from properties, and knows when its attributes do not say what the page means. */
export abstract class AttributeReader extends GuardedElement {
  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'lang', ...namesOf(this).misspelt, COPY_MARK];
  }

  declare disabled: boolean;

  readonly #mark: CopyMark;
  #isReading = false;

  constructor() {
    super();
    // A class of the page may set fields in its constructor, which runs after this one. The package's own classes do not.
    const isOwnClass = Object.getPrototypeOf(Object.getPrototypeOf(new.target)) === AttributeReader;
    this.#mark = new CopyMark(this, isOwnClass);
    this.addController(new ReadyHint(this, () => (this.disabled ? null : this.notReady)));
  }

  /** Why nothing opens yet although no input is wrong, for the console; `null` if the element is ready. */
  protected get notReady(): string | null {
    if (this.#mark.isCopy) {
      return `${COPY_MARK}: a copy has no properties. Set its properties.`;
    }
    const unfilled = unfilledAttributeOf(this);
    return unfilled && `${unfilled.attribute}: the template is not filled in. Set the property ${unfilled.property}.`;
  }

  /** Call it for an input that has no accessor of Lit's. */
  protected propertySet(name: string, value: unknown): void {
    this.#mark.propertySet(name, value);
  }

  override requestUpdate(name?: PropertyKey, oldValue?: unknown, options?: PropertyDeclaration): void {
    super.requestUpdate(name, oldValue, options);
    // Lit's constructor calls this too, and so do attributes, which pass through their properties.
    if (typeof name !== 'string' || !(#mark in this) || !MARKED.has(name)) return;
    if (this.#isReading) this.#mark.attributeRead(name);
    else this.#mark.propertySet(name, this[name as keyof this]);
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    // An attribute that is written again says nothing new. The property may be another customer's by now.
    if (old === value) return;
    this.#mark.constructed();
    if (name === COPY_MARK) this.#mark.changed(value);
    const property = namesOf(this.#class).attributes.get(name);
    if (property && this.#mark.isOlder(property, value)) return;
    this.#isReading = true;
    try {
      super.attributeChangedCallback(name, old, value);
    } finally {
      this.#isReading = false;
    }
    this.requestUpdate();
  }

  override connectedCallback(): void {
    this.#mark.constructed();
    super.connectedCallback();
  }

  get #class() {
    return this.constructor as typeof AttributeReader;
  }
}
