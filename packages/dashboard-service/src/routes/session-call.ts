import type { IncomingMessage, ServerResponse } from 'node:http';
import { type LiveSession, readJsonBody } from '@vitrine/token-service';
import type { Content } from '../content/content.ts';
import type { DataContext } from '../data/run-query.ts';
import type { Rights } from '../rights/rights.ts';
import { withWishes } from '../rights/with-wishes.ts';
import type { Services } from './services.ts';

const maxBodyBytes = 1_048_576;

/** One call of a session: who it is and what it may do, resolved once. */
export interface SessionCall {
  readonly session: LiveSession;
  readonly content: Content;
  readonly rights: Rights;
  /** What a POST carries, parsed and not yet checked. */
  readonly body: unknown;
  /** With a signal that is aborted where the caller goes away. */
  readonly data: DataContext;
}

interface HttpCall {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
}

/**
 * Every route of the viewer plane begins with this: no session, no answer (D-6). Rights follow the content of this moment
 * (E-9); theme, language and formats follow the headers `Embed-Theme` and `Embed-Language` where there are any. A body is read
 * only after the session is known.
 *
 * @throws Problem the codes of `authenticate`, `subject_unknown`, `body_invalid`, `body_too_large`,
 * `media_type_unsupported`
 */
export async function openCall(
  services: Services,
  { request, response, requestId }: HttpCall,
): Promise<SessionCall> {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  const session = withWishes(await services.tokens.authenticate(request), {
    theme: request.headers['embed-theme']?.toString(),
    language: request.headers['embed-language']?.toString(),
  });
  const body = request.method === 'POST' ? await readJsonBody(request, maxBodyBytes) : undefined;
  const content = services.content.current;
  const rights = services.rights.rightsOf(session, content);
  const data: DataContext = {
    content,
    rights,
    sources: services.sources,
    metrics: services.metrics,
    log: services.log,
    signal: gone.signal,
    now: startOfMinute(services.clock()),
    maxRows: services.maxRows,
    timeoutMs: services.queryTimeoutMs,
    owner: session.id,
    requestId,
  };
  return { session, content, rights, body, data };
}

/** The finest level of a date is the minute: within one, relative dates are the same, and so are the statements. */
function startOfMinute(milliseconds: number): Date {
  return new Date(milliseconds - (milliseconds % 60_000));
}
