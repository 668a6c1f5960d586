// What can be told of an element without asking it: what its frames say they are, which of them an agent can see, and who
// has the focus.
import type {ChatAppDialog} from '../../src/element.js';

/** The queries that frames of the scene `announce` have told, by their windows. */
const addresses = new WeakMap<object, URLSearchParams>();
addEventListener('message', ({source, data}: MessageEvent<{address?: string}>) => {
  if (source && typeof data?.address === 'string') addresses.set(source, new URLSearchParams(data.address));
});

/** Which conversation a frame shows, as it has said itself; `undefined` until it has. */
export const addressOf = (frame: HTMLIFrameElement): URLSearchParams | undefined =>
  addresses.get(frame.contentWindow ?? frame);

/** Waits until a frame has said which conversation it shows. */
export async function untilAnnounced(frame: HTMLIFrameElement): Promise<void> {
  while (!addressOf(frame)) await new Promise((resolve) => addEventListener('message', resolve, {once: true}));
}

/** All frames of an element, the parked ones too. */
export const framesOf = (el: ChatAppDialog): HTMLIFrameElement[] =>
  // By children: WebKitGTK 2.50 gives an old list of querySelectorAll() after a move between documents.
  [...(el.shadowRoot?.querySelector('.frames')?.children ?? [])] as HTMLIFrameElement[];

/** Whether an agent can see a frame, where nothing covers it. */
export const isVisible = (frame: HTMLIFrameElement): boolean =>
  frame.checkVisibility({visibilityProperty: true, opacityProperty: true});

/** The element in the middle of the box, as a click would find it. */
export function atCentre(el: ChatAppDialog): Element | null {
  const {x, y, width, height} = el.getBoundingClientRect();
  return el.shadowRoot!.elementFromPoint(x + width / 2, y + height / 2);
}

/** The innermost element that has the focus. */
export function focusedElement(document: Document): Element | null {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused;
}
