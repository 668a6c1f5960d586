// When an element goes on, measured by messages that a page posts to itself, as React does.
import {expect} from '@open-wc/testing';
import {nextTask, untilSettled} from '../../src/conversation/next-task.js';
import {itInOrder, message} from '../support/page-tasks.js';

const {signal} = new AbortController();

describe('the next task', () => {
  itInOrder('is one for all that begin to wait in one task', async () => {
    const order: string[] = [];
    const waits = [
      nextTask(signal).then(() => order.push('one element')),
      message().then(() => order.push('the page')),
      nextTask(signal).then(() => order.push('another element')),
    ];
    await Promise.all(waits);
    expect(order).to.deep.equal(['one element', 'another element', 'the page']);
  });

  itInOrder('is another one for those that begin to wait later', async () => {
    const order: string[] = [];
    const earlier = message();
    const first = nextTask(signal).then(() => order.push('one element'));
    await earlier;
    expect(order, 'its message is still on the way').to.deep.equal([]);
    const later = message().then(() => order.push('the page'));
    const second = nextTask(signal).then(() => order.push('another element'));
    await Promise.all([first, later, second]);
    expect(order).to.deep.equal(['one element', 'the page', 'another element']);
  });

  it('comes also where the fake timers of a page’s tests hold queueMicrotask() back', async () => {
    const {queueMicrotask} = window;
    window.queueMicrotask = () => {};
    try {
      await nextTask(signal);
      await nextTask(signal);
    } finally {
      window.queueMicrotask = queueMicrotask;
    }
  });

  it('comes for those that wait when an abort has ended another wait', async () => {
    const controller = new AbortController();
    let isEnded = true;
    void nextTask(controller.signal).then(() => (isEnded = false));
    controller.abort();
    await nextTask(signal);
    await nextTask(signal);
    expect(isEnded).to.equal(true);
  });
});

describe('an element has settled', () => {
  for (const isOtherWaiting of [false, true]) {
    itInOrder(`in the third task or later${isOtherWaiting ? ', also while another element waits' : ''}`, async () => {
      const order: string[] = [];
      const earlier = message();
      if (isOtherWaiting) void nextTask(signal);
      await earlier;
      const settled = untilSettled(signal).then(() => order.push('settled'));
      for (const task of ['first', 'second']) await message().then(() => order.push(task));
      await settled;
      expect(order).to.deep.equal(['first', 'second', 'settled']);
    });
  }
});
