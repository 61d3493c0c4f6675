import type {
  ActionResults,
  FrameMessage,
  RemoteError,
  ResultMessage,
} from '../messages/frame-messages.ts';
import { curedByNewToken, isActionResult, isFrameMessage } from '../messages/frame-messages.ts';
import type {
  Action,
  ActionArgs,
  BlockedCallMessage,
  CallMessage,
  InitMessage,
  SetMessage,
  WatMessage,
} from '../messages/host-messages.ts';
import { isBlockedAction } from '../messages/host-messages.ts';
import { ProtocolError } from '../protocol-error.ts';

/** What the frame says by itself; `ready` and `result` are the protocol's own. */
export type Notice = Exclude<FrameMessage, { type: 'ready' } | ResultMessage>;

type ActionHandlers = {
  readonly [A in Action]: (
    args: ActionArgs[A],
  ) =>
    | ActionResults[A]
    | Promise<ActionResults[A]>
    | (ActionResults[A] extends undefined ? void | Promise<void> : never);
};

/**
 * What the viewer does when the host asks. An action may throw or reject: an error with a `code` (`ProtocolError` or
 * one of the viewer's own) is told to the host, anything else as `viewer_error` without its text.
 */
export interface FrameHandlers extends ActionHandlers {
  readonly init: (message: InitMessage) => void;
  readonly set: (message: SetMessage) => void;
  readonly wat: (message: WatMessage) => void;
}

/** The frame's end of the port. */
export interface FrameChannel {
  readonly isClosed: boolean;
  /**
   * Does nothing on a closed channel. An error that a new token cures is told once per token, however many requests fail.
   * Throws `ProtocolError` `message_invalid` for what the host would ignore.
   */
  send(message: Notice): void;
  destroy(): void;
}

/** `FrameChannel` as the connection holds it. */
export class FramePort implements FrameChannel {
  readonly #port: MessagePort;
  readonly #destroyConnection: () => void;
  #isClosed = false;
  #isTokenRefused = false;

  constructor(port: MessagePort, destroyConnection: () => void) {
    this.#port = port;
    this.#destroyConnection = destroyConnection;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  send(message: Notice): void {
    if (message.type === 'error' && curedByNewToken(message.code)) {
      if (this.#isTokenRefused) return;
      this.#isTokenRefused = true;
    }
    this.#post(message);
  }

  /** A new token came, which may be refused in its turn. */
  renewToken(): void {
    this.#isTokenRefused = false;
  }

  destroy(): void {
    this.#destroyConnection();
  }

  ready(): void {
    this.#post({ type: 'ready' });
  }

  close(): void {
    this.#isClosed = true;
    this.#port.onmessage = null;
    this.#port.close();
  }

  /** Runs a call and posts its result. */
  async answer(
    { id, action, args }: CallMessage | BlockedCallMessage,
    handlers: ActionHandlers,
  ): Promise<void> {
    try {
      if (isBlockedAction(action))
        throw new ProtocolError('action_blocked', 'this action is blocked');
      const run = handlers[action] as (args: unknown) => unknown;
      const value = await run(args);
      if (!isActionResult[action](value)) throw new TypeError(`${action} gave the wrong value`);
      this.#post({ type: 'result', id, ok: true, ...(value !== undefined && { value }) });
    } catch (error) {
      this.refuse(id, error);
    }
  }

  /** Tells the host that it sent something badly formed; a call fails by its id. */
  reject(message: unknown): void {
    const error = new ProtocolError('message_invalid', 'the message has the wrong shape');
    const { type, id } = Object(message) as { type?: unknown; id?: unknown };
    if (type === 'call' && typeof id === 'number') this.refuse(id, error);
    else this.send({ type: 'error', code: error.code, message: error.message });
  }

  refuse(id: number, error: unknown): void {
    this.#post({ type: 'result', id, ok: false, error: describe(error) });
  }

  #post(message: FrameMessage): void {
    if (this.#isClosed) return;
    if (!isFrameMessage(message))
      throw new ProtocolError('message_invalid', 'the message has the wrong shape');
    this.#port.postMessage(message);
  }
}

function describe(error: unknown): RemoteError {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    const { code, message } = error;
    if (/^[a-z\d_]{1,64}$/.test(code)) return { code, message: message.slice(0, 1024) };
  }
  return { code: 'viewer_error', message: 'the viewer failed' };
}
