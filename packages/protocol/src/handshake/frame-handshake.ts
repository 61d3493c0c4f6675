/**
 * The frame's half of the handshake, as values.
 *
 *     waiting ──welcome──► welcomed ──init──► open
 *        └─timeout─► failed           destroy, from anywhere ──► destroyed
 *
 * Only the first `welcome` counts, and one `init` on its port: a frame serves one host document.
 */
export const frameStates = ['waiting', 'welcomed', 'open', 'failed', 'destroyed'] as const;
export type FrameState = (typeof frameStates)[number];

/** `welcome` and `init` count here only after their guards: see `isFromPeer`, `isHostMessage`. */
export const frameEvents = ['welcome', 'init', 'timeout', 'destroy'] as const;
export type FrameEvent = (typeof frameEvents)[number];

/** `takePort` listens on the port and says `ready`; `unlisten` ends the window listener and the timer. */
export type FrameEffect = 'unlisten' | 'takePort' | 'resolve' | 'deliver' | 'closePort' | 'reject';

type Step = readonly [next: FrameState, ...effects: FrameEffect[]];

const steps: { readonly [S in FrameState]: { readonly [E in FrameEvent]?: Step } } = {
  waiting: {
    welcome: ['welcomed', 'unlisten', 'takePort', 'resolve'],
    timeout: ['failed', 'unlisten', 'reject'],
    destroy: ['destroyed', 'unlisten', 'reject'],
  },
  welcomed: {
    init: ['open', 'deliver'],
    destroy: ['destroyed', 'closePort'],
  },
  open: { destroy: ['destroyed', 'closePort'] },
  failed: { destroy: ['destroyed'] },
  destroyed: {},
};

/** The next state and what to do; an event that means nothing in a state changes nothing. */
export const frameStep = (state: FrameState, event: FrameEvent): Step =>
  steps[state][event] ?? [state];
