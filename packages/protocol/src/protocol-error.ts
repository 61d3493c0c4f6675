/**
 * | code | when |
 * |---|---|
 * | `handshake_timeout` | the other side did not answer in time |
 * | `connection_closed` | the connection was destroyed, or the frame reloaded while a call was under way |
 * | `call_timeout` | the frame did not answer a call in time |
 * | `message_invalid` | a message or a result has not the shape it must have |
 * | `action_blocked` | the action is one that no session may do (EMB-2) |
 * | `ability_missing` | the session's token does not grant the action |
 * | `not_ready` | a call came before `init` |
 * | `viewer_error` | the viewer failed in a way it has no code for |
 */
export type ProtocolErrorCode =
  | 'handshake_timeout'
  | 'connection_closed'
  | 'call_timeout'
  | 'message_invalid'
  | 'action_blocked'
  | 'ability_missing'
  | 'not_ready'
  | 'viewer_error';

/** `code` is one of the table above, or, for a refused call, the code that the service gave. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  readonly code: ProtocolErrorCode | (string & {});

  constructor(code: ProtocolErrorCode | (string & {}), message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
