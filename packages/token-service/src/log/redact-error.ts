/** Runs this long are keys or tokens, not words; the slash is left out, so that file names survive. */
const secretRun = /[A-Za-z0-9+_=-]{40,}(?:\.[A-Za-z0-9+_=-]*)*/g;
const pemBlock = /-----BEGIN[^-]*-----[^-]*(?:-----END[^-]*-----)?/g;
const maxCharacters = 2000;

/** An error as it may stand in a log. */
export interface LoggedError {
  readonly type: string;
  readonly code?: string;
  readonly stack: string;
  readonly cause?: LoggedError;
}

/** Serialises an error for the log, without anything that looks like a token or a key. */
export function redactError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, stack: '' };
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    stack: redactText(error.stack ?? error.message),
    ...(error.cause === undefined || depth >= 3
      ? {}
      : { cause: redactError(error.cause, depth + 1) }),
  };
}

function redactText(text: string): string {
  return text
    .replace(pemBlock, '[redacted]')
    .replace(secretRun, '[redacted]')
    .slice(0, maxCharacters);
}
