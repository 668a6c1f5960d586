/** What an element says on the console, for the page's developer: each text once. */
export class Hints {
  readonly #host: Element;
  readonly #given = new Set<string>();

  constructor(host: Element) {
    this.#host = host;
  }

  give(text: string): void {
    if (this.#given.has(text)) return;
    this.#given.add(text);
    try {
      console.warn(`<${this.#host.localName}>: ${text}`);
    } catch (cause) {
      reportError(cause); // tests of a page may let it throw
    }
  }
}
