/** Every code of this package with what it means. */
export const protocolErrors = {
  handshake_timeout: 'The other side did not answer in time.',
  connection_closed:
    'The connection was destroyed, or the frame reloaded while a call was under way.',
  call_timeout: 'The frame did not answer a call in time.',
  message_invalid: 'A message or a result has not the shape it must have.',
  action_blocked: 'The action is one that no session may do (EMB-2).',
  ability_missing: "The session's token does not grant the action.",
  not_ready: 'A call came before `init`.',
  viewer_error: 'The viewer failed in a way it has no code for.',
} as const;

export type ProtocolErrorCode = keyof typeof protocolErrors;

/** `code` is one of the table above, or, for a refused call, the code that the service gave. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  readonly code: ProtocolErrorCode | (string & {});

  constructor(code: ProtocolErrorCode | (string & {}), message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
