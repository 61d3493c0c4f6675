import type { MessageWindow } from '@vitrine/protocol';

type Listener = (event: MessageEvent) => void;

/** A window with an origin: delivers like a browser, at once, and only where the target origin is its own. */
export class FakeWindow implements MessageWindow {
  origin: string;
  readonly listeners = new Set<Listener>();
  readonly timers = new Map<number, { readonly run: () => void; readonly ms: number }>();
  readonly received: unknown[] = [];
  #lastTimer = 0;

  constructor(origin: string) {
    this.origin = origin;
  }

  addEventListener(_type: 'message', listener: Listener): void {
    this.listeners.add(listener);
  }

  removeEventListener(_type: 'message', listener: Listener): void {
    this.listeners.delete(listener);
  }

  setTimeout(run: () => void, ms: number): number {
    this.timers.set(++this.#lastTimer, { run, ms });
    return this.#lastTimer;
  }

  clearTimeout(timer: number | undefined): void {
    if (timer) this.timers.delete(timer);
  }

  /** Time passes until no timer is left. */
  runTimers(): void {
    for (const [id, { run }] of this.timers) {
      this.timers.delete(id);
      run();
    }
  }

  dispatch(event: Partial<MessageEvent>): void {
    const whole = { isTrusted: true, ports: [], data: null, ...event };
    for (const listener of this.listeners) listener(whole as unknown as MessageEvent);
  }
}

/** What `sender` holds of `receiver`: a `postMessage` whose events name `sender` as their source. */
export function reference(sender: FakeWindow, receiver: FakeWindow) {
  const seen = {
    postMessage(data: unknown, targetOrigin: unknown, transfer: MessagePort[] = []) {
      if (targetOrigin !== receiver.origin) return;
      receiver.received.push(data);
      receiver.dispatch({
        origin: sender.origin,
        source: sources.get(sender) as MessageEventSource,
        data: structuredClone(data),
        ports: transfer,
      });
    },
  };
  sources.set(receiver, seen);
  return seen as unknown as Pick<Window, 'postMessage'>;
}

/** The reference by which others know a window: `event.source` is compared with it. */
const sources = new WeakMap<FakeWindow, object>();

/** Waits until every message posted to a port before now has arrived. */
export const settled = async (): Promise<void> => {
  for (let round = 0; round < 4; round++)
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve(undefined);
      };
      port2.postMessage(0);
    });
};
