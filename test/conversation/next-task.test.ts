// When an element goes on, measured by messages that a page posts to itself, as React does.
import {expect} from '@open-wc/testing';
import {nextTask, untilSettled} from '../../src/conversation/next-task.js';
import {ownTask} from '../support/harness.js';
import {IS_WEBKIT} from '../support/keeping.js';

const {signal} = new AbortController();

/** WebKit gives the messages of two ports in any order. */
const itInOrder = IS_WEBKIT ? () => {} : it;

describe('the next task', () => {
  itInOrder('is one for all that wait for it', async () => {
    const order: string[] = [];
    const waits = [
      nextTask(signal).then(() => order.push('one element')),
      ownTask().then(() => order.push('the page')),
      nextTask(signal).then(() => order.push('another element')),
    ];
    await Promise.all(waits);
    expect(order).to.deep.equal(['one element', 'another element', 'the page']);
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
  for (const other of [false, true]) {
    itInOrder(`after three tasks of the page${other ? ', also if another element waits already' : ''}`, async () => {
      const order: string[] = [];
      // Its message is posted before those of the page.
      if (other) void nextTask(signal);
      const settled = untilSettled(signal).then(() => order.push('settled'));
      for (const task of ['first', 'second', 'third']) await ownTask().then(() => order.push(task));
      await settled;
      expect(order).to.deep.equal(['first', 'second', 'third', 'settled']);
    });
  }
});
