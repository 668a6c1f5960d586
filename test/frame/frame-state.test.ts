import {expect} from '@open-wc/testing';
import {FRAME_STATUSES, type FrameEvent, type FrameStatus, next} from '../../src/frame/frame-state.js';

// Any event but a load means the same in each status.
const ANY = {
  wait: 'waiting',
  authorize: 'authorizing',
  open: 'loading',
  restore: 'loaded',
  fail: 'error',
  close: 'idle',
} as const;

const TABLE: Record<FrameStatus, Record<FrameEvent, FrameStatus>> = {
  idle: {...ANY, load: 'idle'},
  waiting: {...ANY, load: 'waiting'},
  authorizing: {...ANY, load: 'authorizing'},
  loading: {...ANY, load: 'loaded'},
  loaded: {...ANY, load: 'loaded'},
  error: {...ANY, load: 'loaded'},
};

describe('next', () => {
  it('has a row for every status', () => expect(Object.keys(TABLE)).to.have.members([...FRAME_STATUSES]));

  for (const status of FRAME_STATUSES) {
    for (const [event, target] of Object.entries(TABLE[status]) as [FrameEvent, FrameStatus][]) {
      it(`goes from ${status} by ${event} to ${target}`, () => expect(next(status, event)).to.equal(target));
    }
  }
});
