import {LitElement} from 'lit';

/**
 * A server that renders the page sets this attribute, and the framework takes it away when it has set the properties.
 * @see https://github.com/webcomponents-cg/community-protocols/blob/main/proposals/defer-hydration.md
 */
const ATTRIBUTE = 'defer-hydration';

/** A Lit element that does nothing while it has the attribute `defer-hydration`. */
export abstract class DeferrableElement extends LitElement {
  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, ATTRIBUTE];
  }

  /** An element that is at work already does not stop for the attribute. */
  protected get isDeferred(): boolean {
    return !this.hasUpdated && this.hasAttribute(ATTRIBUTE);
  }

  override connectedCallback(): void {
    if (!this.isDeferred) super.connectedCallback();
    // The first update puts back what was set before the upgrade. Done later, it would overwrite what is set until then.
    if (this.hasUpdated) return;
    this.requestUpdate();
    this.performUpdate();
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (name === ATTRIBUTE && value === null && this.isConnected && !this.hasUpdated) this.connectedCallback();
  }

  protected override performUpdate(): void {
    if (!this.isDeferred) return super.performUpdate();
    const rooted = this as {renderRoot: HTMLElement | DocumentFragment | undefined};
    const {renderRoot} = rooted;
    // Without a shadow root, which would hide the children that the server rendered.
    rooted.renderRoot ??= this;
    try {
      super.performUpdate();
    } finally {
      rooted.renderRoot = renderRoot;
    }
  }

  protected override shouldUpdate(): boolean {
    return !this.isDeferred;
  }
}
