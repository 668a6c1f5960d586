import {html, nothing, type TemplateResult} from 'lit';
import type {View} from '../conversation/view.js';
import {ENGLISH, type Messages, translationFor} from '../messages.js';

/** Gives a text in the agent's language, or in English, marked as such. */
export type Say = (key: keyof Messages) => string | TemplateResult;

export function speakerOf(element: Element): Say {
  const translation = translationFor(element);
  return (key) => translation[key] ?? html`<span lang="en" dir="ltr">${ENGLISH[key]}</span>`;
}

/** What is said while nothing is wrong. */
export function calm(view: View, say: Say): TemplateResult | typeof nothing {
  switch (view.content) {
    case 'loading':
      return html`<slot name="loading"
        ><span part="spinner"></span>
        <p>${say(view.text)}</p></slot
      >`;
    case 'empty':
      return html`<slot name="empty"><p>${say(view.text)}</p></slot>`;
    case 'slow':
      return html`<span part="spinner"></span>
        <p>${say(view.text)}</p>`;
    default:
      return nothing;
  }
}

/** What is wrong, for the agent. */
export function alert(view: View, say: Say): TemplateResult | typeof nothing {
  if (view.content !== 'error') return nothing;
  return html`<slot name="error"
    ><p part="error">
      <svg part="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M12 7v6m0 4v0M12 2a10 10 0 1 0 .01 0z" /></svg>
      <span>${say(view.text)}</span>
    </p></slot
  >`;
}

/** What is wrong, for the page's developer. */
export function details(view: View, say: Say): TemplateResult | typeof nothing {
  if (view.content !== 'error') return nothing;
  return html`<details part="details">
    <summary>${say('details')}</summary>
    <p lang="en" dir="ltr">${view.error.message}</p>
  </details>`;
}
