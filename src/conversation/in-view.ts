/**
 * Waits until an element is rendered and within 200 CSS pixels of what the agent sees.
 *
 * The browser's own lazy loading does not serve: it starts up to 1,750 px ahead, and the access token must be asked for
 * right before. In a frame of another origin the margin does not apply.
 * @see https://www.w3.org/TR/intersection-observer/
 */
export const untilInView = (element: Element, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    // Scroll containers cut the root's margin off; where the engine knows a margin for both, the two would add up.
    const margin = 'scrollMargin' in IntersectionObserver.prototype ? 'scrollMargin' : 'rootMargin';
    const observer = new IntersectionObserver((entries) => entries.at(-1)!.isIntersecting && resolve(), {
      [margin]: '200px',
    });
    observer.observe(element);
    signal.addEventListener('abort', () => observer.disconnect());
  });

/** Whether the page is only prerendered: the agent may never see it. */
export const isPrerendering = (document: Document): boolean =>
  (document as {prerendering?: unknown}).prerendering === true; // an element with this name can stand in its place

/** Waits until the agent has come to a page that was prerendered. */
export async function untilPrerendered(document: Document, signal: AbortSignal): Promise<void> {
  if (!isPrerendering(document)) return;
  await new Promise((resolve) => document.addEventListener('prerenderingchange', resolve, {once: true, signal}));
}
