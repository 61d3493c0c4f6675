/**
 * The host's half of the handshake, as values.
 *
 *     waiting ──hello──► welcomed ──ready──► open
 *        │                 │  ▲ hello          │ hello: the frame loaded anew
 *        │ timeout         │  └────────────────┘
 *        └────► failed ◄───┘        destroy, from anywhere ──► destroyed
 *
 * Each verified `hello` makes a new channel and ends the one before, so that a port never outlives the document
 * it was given to (G-3).
 */
export const hostStates = ['waiting', 'welcomed', 'open', 'failed', 'destroyed'] as const;
export type HostState = (typeof hostStates)[number];

/** `hello` and `ready` count here only after their guards: see `isFromPeer`, `isFrameMessage`. */
export const hostEvents = ['hello', 'ready', 'timeout', 'destroy'] as const;
export type HostEvent = (typeof hostEvents)[number];

/** What the caller does, in this order. `offerPort` posts `welcome` with a fresh port; `retry` begins a new attempt. */
export type HostEffect = 'closePort' | 'retry' | 'offerPort' | 'resolve' | 'stop' | 'reject';

type Step = readonly [next: HostState, ...effects: HostEffect[]];

const steps: { readonly [S in HostState]: { readonly [E in HostEvent]?: Step } } = {
  waiting: {
    hello: ['welcomed', 'offerPort'],
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
    destroy: ['destroyed', 'closePort', 'stop'],
  },
  failed: { destroy: ['destroyed'] },
  destroyed: {},
};

/** The next state and what to do; an event that means nothing in a state changes nothing. */
export const hostStep = (state: HostState, event: HostEvent): Step =>
  steps[state][event] ?? [state];
