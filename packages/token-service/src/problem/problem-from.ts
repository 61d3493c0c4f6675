import { StateError } from '../state-error.ts';
import { Problem } from './problem.ts';
import type { ProblemCode } from './problem-kinds.ts';

/** `type` of the errors that Express's body parsers raise, and the code each becomes. */
const bodyParserCodes: Readonly<Record<string, ProblemCode>> = {
  'entity.parse.failed': 'body_invalid',
  'entity.too.large': 'body_too_large',
  'encoding.unsupported': 'media_type_unsupported',
  'charset.unsupported': 'media_type_unsupported',
};

/**
 * The refusal that stands for whatever was thrown. Framework errors keep no cause: body-parser's
 * carry the body itself, which must not reach the log.
 */
export function problemFrom(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof StateError) return new Problem('store_unavailable', { cause: error });
  const { type, status } = Object(error) as { type?: unknown; status?: unknown };
  const code = typeof type === 'string' ? bodyParserCodes[type] : undefined;
  if (code !== undefined) return new Problem(code);
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new Problem('request_invalid');
  }
  return new Problem('server_error', { cause: error });
}
