import type { ProtocolErrorCode } from '@vitrine/protocol';

/** Every code of this package with what it means, beside the codes of the protocol. */
export const embedErrors = {
  url_invalid: '`url` is not an `http:` or `https:` address.',
  host_origin_opaque:
    'The page has no origin to answer to: `file:`, `data:`, a sandbox without `allow-same-origin`.',
  token_malformed: "The token's first segment names no configuration.",
  wat_callback_failed: '`getWat` threw, rejected or gave no text.',
  settings_invalid: 'The `settings` attribute is not a JSON object.',
  frame_left: 'Something navigated the frame away from the viewer.',
} as const;

export type EmbedErrorCode = ProtocolErrorCode | keyof typeof embedErrors;

/** `code` is one of the table above or, where the viewer or the service refused, theirs. */
export class EmbedError extends Error {
  override readonly name = 'EmbedError';
  readonly code: EmbedErrorCode | (string & {});

  constructor(code: EmbedErrorCode | (string & {}), message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Any failure as an `EmbedError`, by its `code`; what has none is data that cannot be sent (`DataCloneError`). */
export function embedErrorOf(error: unknown): EmbedError {
  if (error instanceof EmbedError) return error;
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  return new EmbedError(typeof code === 'string' ? code : 'message_invalid', String(message), {
    cause: error,
  });
}
