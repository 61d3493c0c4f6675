import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import {
  type HostEffect,
  type HostEvent,
  type HostState,
  hostEvents,
  hostStates,
  hostStep,
} from './host-handshake.ts';

type Expectation = readonly [HostState, ...HostEffect[]];

const table: Record<HostState, Record<HostEvent, Expectation>> = {
  waiting: {
    hello: ['welcomed', 'offerPort'],
    ready: ['waiting'],
    timeout: ['failed', 'stop', 'reject'],
    destroy: ['destroyed', 'stop', 'reject'],
  },
  welcomed: {
    hello: ['welcomed', 'closePort', 'offerPort'],
    ready: ['open', 'resolve'],
    timeout: ['failed', 'closePort', 'stop', 'reject'],
    destroy: ['destroyed', 'closePort', 'stop', 'reject'],
  },
  open: {
    hello: ['welcomed', 'closePort', 'retry', 'offerPort'],
    ready: ['open'],
    timeout: ['open'],
    destroy: ['destroyed', 'closePort', 'stop'],
  },
  failed: { hello: ['failed'], ready: ['failed'], timeout: ['failed'], destroy: ['destroyed'] },
  destroyed: {
    hello: ['destroyed'],
    ready: ['destroyed'],
    timeout: ['destroyed'],
    destroy: ['destroyed'],
  },
};

describe('the host side of the handshake', () => {
  it.each(hostStates.flatMap((state) => hostEvents.map((event) => [state, event] as const)))(
    'in %s takes %s as the table says',
    (state, event) => expect(hostStep(state, event)).toEqual(table[state][event]),
  );

  it(verifies('G-3', 'never offers a second port before the first is closed'), () => {
    for (const state of ['welcomed', 'open'] as const) {
      const [, ...effects] = hostStep(state, 'hello');
      expect(effects.indexOf('closePort')).toBe(0);
      expect(effects.at(-1)).toBe('offerPort');
    }
  });
});
