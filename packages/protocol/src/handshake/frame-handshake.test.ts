import { describe, expect, it } from 'vitest';
import {
  type FrameEffect,
  type FrameEvent,
  type FrameState,
  frameEvents,
  frameStates,
  frameStep,
} from './frame-handshake.ts';

type Expectation = readonly [FrameState, ...FrameEffect[]];

const table: Record<FrameState, Record<FrameEvent, Expectation>> = {
  waiting: {
    welcome: ['welcomed', 'unlisten', 'takePort', 'resolve'],
    init: ['waiting'],
    timeout: ['failed', 'unlisten', 'reject'],
    destroy: ['destroyed', 'unlisten', 'reject'],
  },
  welcomed: {
    welcome: ['welcomed'],
    init: ['open', 'deliver'],
    timeout: ['welcomed'],
    destroy: ['destroyed', 'closePort'],
  },
  open: {
    welcome: ['open'],
    init: ['open'],
    timeout: ['open'],
    destroy: ['destroyed', 'closePort'],
  },
  failed: { welcome: ['failed'], init: ['failed'], timeout: ['failed'], destroy: ['destroyed'] },
  destroyed: {
    welcome: ['destroyed'],
    init: ['destroyed'],
    timeout: ['destroyed'],
    destroy: ['destroyed'],
  },
};

describe('the frame side of the handshake', () => {
  it.each(frameStates.flatMap((state) => frameEvents.map((event) => [state, event] as const)))(
    'in %s takes %s as the table says',
    (state, event) => expect(frameStep(state, event)).toEqual(table[state][event]),
  );
});
