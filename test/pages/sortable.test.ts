// A list that an agent sorts by dragging. SortableJS drags a copy of the entry, with what is in it.
import {expect, fixture} from '@open-wc/testing';
import {sendMouse} from '@web/test-runner-commands';
import Sortable from 'sortablejs';
import type {ChatAppDialog} from '../../src/element.js';
import {nextEvent, secondOrigin, settled, untilStatus} from '../support/harness.js';

const of = (phone: string) => `crm[phones][0]=${phone}`;
const middleOf = (element: Element): [number, number] => {
  const {x, y, width, height} = element.getBoundingClientRect();
  return [Math.round(x + width / 2), Math.round(y + height / 2)];
};

it('SortableJS’s copy opens nothing, and the chat that was dragged opens again, with its own customer', async () => {
  const {base, requests} = secondOrigin();
  const filters = async () => (await requests()).map(({url}) => decodeURIComponent(url).split('?')[1]);
  const list = await fixture<HTMLUListElement>('<ul style="width: 400px; padding: 0; list-style: none"></ul>');
  for (const phone of ['1', '2']) {
    const el = Object.assign(document.createElement('chatapp-dialog'), {baseUrl: base, phones: [phone]});
    el.style.cssText = 'height: 100px; min-height: 0';
    const entry = document.createElement('li');
    entry.innerHTML = '<p class="handle">Drag here</p>';
    entry.append(el);
    list.append(entry);
    await untilStatus(el, 'loaded');
  }
  const [first, second] = [...list.children] as [Element, Element];
  const dragged = first.querySelector('chatapp-dialog')!;
  let onChange = () => {};
  const changed = new Promise<void>((resolve) => (onChange = resolve));
  const sortable = new Sortable(list, {forceFallback: true, handle: '.handle', onChange});

  // Not over a chat: its frame would hear of the mouse, and the page would not.
  const [x, y] = middleOf(first.querySelector('.handle')!);
  await sendMouse({type: 'move', position: [x, y]});
  await sendMouse({type: 'down'});
  let copy: ChatAppDialog | null = null;
  for (let step = 1; !copy; step = -step) {
    await sendMouse({type: 'move', position: [x, y + step]});
    copy = list.querySelector('.sortable-fallback chatapp-dialog');
  }
  await settled(copy);
  expect([copy === dragged, copy.status, copy.url]).to.deep.equal([false, 'idle', null]);

  const again = nextEvent(dragged, 'chatapp-load');
  await sendMouse({type: 'move', position: middleOf(second.querySelector('.handle')!)});
  await changed;
  await sendMouse({type: 'up'});
  await again;
  expect([...list.children].map((entry) => entry === first)).to.deep.equal([false, true]);
  expect(await filters()).to.deep.equal([of('1'), of('2'), of('1')]);
  sortable.destroy();
});
