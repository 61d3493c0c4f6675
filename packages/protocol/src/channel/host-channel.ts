import type { Timers } from '../handshake/message-window.ts';
import type {
  ActionResults,
  FrameMessage,
  ReadyMessage,
  ResultMessage,
} from '../messages/frame-messages.ts';
import type {
  Action,
  ActionArgs,
  InitMessage,
  SetMessage,
  WatMessage,
} from '../messages/host-messages.ts';
import { ProtocolError } from '../protocol-error.ts';
import { PendingCalls } from './pending-calls.ts';

/** What the frame says by itself. */
export type FrameNotice = Exclude<FrameMessage, ReadyMessage | ResultMessage>;

/** The host's end of the port to one document in the frame. */
export interface HostChannel {
  /** True after `destroy()`, and after the frame loaded anew: then another channel took over. */
  readonly isClosed: boolean;
  /** What the frame finds badly formed it answers with the notice `error` `message_invalid`. Does nothing on a closed channel. */
  send(message: InitMessage | SetMessage | WatMessage): void;
  /**
   * Asks the frame to do something. `timeoutMs` is 60,000 by default.
   * Rejects with `connection_closed`, `call_timeout`, `message_invalid`, or the code that the frame gives.
   */
  call<A extends Action>(
    action: A,
    args: ActionArgs[A],
    options?: { readonly timeoutMs?: number },
  ): Promise<ActionResults[A]>;
  /** Ends the whole connection: port, listener, timers, calls under way. */
  destroy(): void;
}

/** `HostChannel` as the connection holds it. */
export class HostPort implements HostChannel {
  readonly #port: MessagePort;
  readonly #calls: PendingCalls;
  readonly #destroyConnection: () => void;
  #isClosed = false;

  constructor(port: MessagePort, timers: Timers, destroyConnection: () => void) {
    this.#port = port;
    this.#calls = new PendingCalls(timers);
    this.#destroyConnection = destroyConnection;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  send(message: InitMessage | SetMessage | WatMessage): void {
    if (!this.#isClosed) this.#port.postMessage(message);
  }

  async call<A extends Action>(
    action: A,
    args: ActionArgs[A],
    { timeoutMs = 60_000 }: { readonly timeoutMs?: number } = {},
  ): Promise<ActionResults[A]> {
    if (this.#isClosed) throw closedError();
    return this.#calls.add(action, timeoutMs, (id) =>
      this.#port.postMessage({ type: 'call', id, action, args }),
    );
  }

  destroy(): void {
    if (!this.#isClosed) this.#destroyConnection();
  }

  settle(result: ResultMessage): void {
    this.#calls.settle(result.id, result);
  }

  /** Ends this port, not the connection. */
  close(): void {
    this.#isClosed = true;
    this.#port.onmessage = null;
    this.#port.close();
    this.#calls.failAll(closedError());
  }
}

/** The one error of everything that a closed connection cuts short. */
export const closedError = () => new ProtocolError('connection_closed', 'the connection is closed');
