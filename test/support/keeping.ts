// What the tests of keep-alive share.
import type {ChatAppDialog} from '../../src/element.js';
import {loadAfter, queryOf, setupTest, type SetupOptions} from './harness.js';

/** The customers' phones. */
export const [A, B, C, D] = ['79990000001', '79990000002', '79990000003', '79990000004'] as const;

/** In WebKit, the element keeps no conversation. */
export const IS_WEBKIT = navigator.vendor.startsWith('Apple');
/** Defines tests of kept conversations. */
export const itKeeps = IS_WEBKIT ? () => {} : it;
export const describeKeeping = IS_WEBKIT ? () => {} : describe;

export const frames = (el: ChatAppDialog) => [...el.shadowRoot!.querySelectorAll('iframe')];
export const kept = (el: ChatAppDialog) => frames(el).filter((frame) => !frame.hasAttribute('part')).length;

/** An element that keeps, with the first customer's conversation open. */
export async function setupKeeping({attributes, ...options}: SetupOptions = {}, limit = '3') {
  const test = await setupTest({attributes: {phones: A, 'keep-alive': limit, ...attributes}, ...options});
  const {el} = test;
  return {
    ...test,
    show: (phone: string) => loadAfter(el, () => (el.phones = [phone])),
    /** The phones of which a page was asked for, in their order. */
    opened: async () =>
      (await test.requests()).map((request) => queryOf(request).find(([name]) => name === 'crm[phones][0]')?.[1]),
  };
}
