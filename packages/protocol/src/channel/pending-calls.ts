import type { Timers } from '../handshake/message-window.ts';
import type { ActionResults, ResultMessage } from '../messages/frame-messages.ts';
import { isActionResult } from '../messages/frame-messages.ts';
import { ProtocolError } from '../protocol-error.ts';

/** Calls that wait for their `result`, by id. */
export class PendingCalls {
  readonly #timers: Timers;
  readonly #pending = new Map<number, (outcome: ResultMessage | ProtocolError) => void>();
  #lastId = 0;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** Rejects with `call_timeout`, `message_invalid`, or the code that the frame gives. */
  add<A extends keyof ActionResults>(
    action: A,
    timeoutMs: number,
    post: (id: number) => void,
  ): Promise<ActionResults[A]> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const timer = this.#timers.setTimeout(
        () => this.settle(id, new ProtocolError('call_timeout', 'no answer in time')),
        timeoutMs,
      );
      this.#pending.set(id, (outcome) => {
        this.#timers.clearTimeout(timer);
        if (outcome instanceof ProtocolError) reject(outcome);
        else if (!outcome.ok) reject(new ProtocolError(outcome.error.code, outcome.error.message));
        else if (isActionResult[action](outcome.value)) resolve(outcome.value);
        else reject(new ProtocolError('message_invalid', 'the answer has the wrong shape'));
      });
      post(id);
    });
  }

  /** A result or failure for a call that waits no more changes nothing. */
  settle(id: number, outcome: ResultMessage | ProtocolError): void {
    const settle = this.#pending.get(id);
    this.#pending.delete(id);
    settle?.(outcome);
  }

  failAll(error: ProtocolError): void {
    for (const id of [...this.#pending.keys()]) this.settle(id, error);
  }
}
