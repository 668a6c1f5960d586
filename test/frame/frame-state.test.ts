import {expect} from '@open-wc/testing';
import {FRAME_STATUSES, type FrameEvent, type FrameStatus, next} from '../../src/frame/frame-state.js';

const TABLE: Record<FrameStatus, Record<FrameEvent, FrameStatus>> = {
  idle: {open: 'loading', load: 'idle', fail: 'error', close: 'idle'},
  loading: {open: 'loading', load: 'loaded', fail: 'error', close: 'idle'},
  loaded: {open: 'loading', load: 'loaded', fail: 'error', close: 'idle'},
  error: {open: 'loading', load: 'error', fail: 'error', close: 'idle'},
};

describe('next', () => {
  it('has a row for every status', () => expect(Object.keys(TABLE)).to.have.members([...FRAME_STATUSES]));

  for (const status of FRAME_STATUSES) {
    for (const [event, target] of Object.entries(TABLE[status]) as [FrameEvent, FrameStatus][]) {
      it(`goes from ${status} by ${event} to ${target}`, () => expect(next(status, event)).to.equal(target));
    }
  }
});
