import { randomUUID } from 'node:crypto';
import { type LiveSession, readJsonBody } from '@vitrine/token-service';
import type { Request, RequestHandler, Response } from 'express';
import type { Content } from '../content/content.ts';
import type { DataContext } from '../data/run-query.ts';
import type { Rights } from '../rights/rights.ts';
import { withWishes } from '../rights/with-wishes.ts';
import type { Services } from './services.ts';

const maxBodyBytes = 1_048_576;

/** One call of a session: who it is and what it may do, resolved once. */
export interface SessionCall {
  readonly request: Request;
  readonly response: Response;
  readonly session: LiveSession;
  readonly content: Content;
  readonly rights: Rights;
  /** Aborted where the caller goes away. */
  readonly signal: AbortSignal;
  readonly data: DataContext;
}

/**
 * Every route of the viewer plane stands behind this: no session, no answer (D-6). Rights follow the content of this moment
 * (E-9); theme, language and formats follow the headers `Embed-Theme` and `Embed-Language` where there are any. A body is read
 * only after the session is known.
 *
 * @throws Problem the codes of `authenticate`, `subject_unknown`, `body_invalid`, `body_too_large`,
 * `media_type_unsupported`
 */
export function sessionRoute(
  services: Services,
  answer: (call: SessionCall) => void | Promise<void>,
): RequestHandler {
  return async (request, response) => {
    const session = withWishes(await services.tokens.authenticate(request), {
      theme: request.get('Embed-Theme'),
      language: request.get('Embed-Language'),
    });
    if (request.method === 'POST') request.body = await readJsonBody(request, maxBodyBytes);
    const content = services.content.current;
    const rights = services.rights.rightsOf(session, content);
    const gone = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished) gone.abort();
    });
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
      requestId: String(response.get('Request-Id') ?? randomUUID()),
    };
    await answer({ request, response, session, content, rights, signal: gone.signal, data });
  };
}

/** The finest level of a date is the minute: within one, relative dates are the same, and so are the statements. */
function startOfMinute(milliseconds: number): Date {
  return new Date(milliseconds - (milliseconds % 60_000));
}
