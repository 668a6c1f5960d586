/**
 * Waits until an element is rendered and within 200 CSS pixels of what the agent sees.
 *
 * The browser's own lazy loading does not serve: it starts up to 1,750 px ahead, and the access token must be asked for
 * right before. In a frame of another origin the margin does not apply.
 * @see https://www.w3.org/TR/intersection-observer/
 */
export const untilInView = (element: Element, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const margin = '200px';
    const observer = new IntersectionObserver((entries) => entries.at(-1)!.isIntersecting && resolve(), {
      rootMargin: margin,
      // Scroll containers cut the root's margin off; engines that do not know this one open when in sight.
      scrollMargin: margin,
    });
    observer.observe(element);
    signal.addEventListener('abort', () => observer.disconnect());
  });
