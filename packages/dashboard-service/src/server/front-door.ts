import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { logRequest, type PlainHandler, type TokenService } from '@vitrine/token-service';
import type { Express } from 'express';
import type { Logger } from 'pino';
import proxyAddr from 'proxy-addr';
import type { SessionPost } from '../routes/session-post.ts';
import { askingOrigin, crossOriginHeaders, preflightHeaders } from './cross-origin.ts';
import { answerHeaders } from './security-headers.ts';
import { isStrictPath } from './strict-path.ts';

/** Written in one go: to set them one by one costs as much as to read the body. */
const headersOfAll = [...answerHeaders].filter(([name]) => name !== 'Cache-Control').flat();

interface FrontDoorOptions {
  /** By path. */
  readonly posts: ReadonlyMap<string, PlainHandler>;
  /** Those whose path has a name in it. Default none. */
  readonly sessionPosts?: readonly SessionPost[];
  /** Opens the viewer plane to pages of the origins that configurations name. Default to none. */
  readonly crossOrigin?: Pick<TokenService, 'embeds'>;
  /** Scheme, host and port at which browsers reach this service. */
  readonly ownOrigin?: string;
  readonly log: Logger;
}

/**
 * The listener of an app. Some POSTs are answered in front of Express, with the same headers, log line and address of the
 * sender: exchanges, which strangers can send by the thousand, and minting, which cost less to refuse than to route (I-1), and
 * viewers' questions. Requests of pages of another origin get here what lets these read the answer (CFG-4).
 */
export function frontDoor(app: Express, options: FrontDoorOptions): RequestListener {
  const { posts, sessionPosts = [], crossOrigin, ownOrigin, log } = options;
  const trust = app.get('trust proxy fn') as (address: string, hops: number) => boolean;
  const plainly = (request: IncomingMessage, response: ServerResponse) => {
    logRequest(log, request, response);
    const requestId = randomUUID();
    return { requestId, headers: [...headersOfAll, 'Request-Id', requestId] };
  };
  const handlerOf = (target: string) => {
    const known = posts.get(target);
    if (known !== undefined) return known;
    // With a query it is for Express to take apart.
    if (target.includes('?') || !isStrictPath(target)) return undefined;
    for (const post of sessionPosts) {
      const handler = post.handlerOf(target);
      if (handler !== undefined) return handler;
    }
    return undefined;
  };
  const answer = (
    request: IncomingMessage,
    response: ServerResponse,
    more: readonly string[] = [],
  ) => {
    const { method, url = '' } = request;
    const handler = method === 'POST' ? handlerOf(url) : undefined;
    if (handler !== undefined) {
      const { requestId, headers } = plainly(request, response);
      const address = proxyAddr(request, trust);
      void handler(request, response, { address, requestId, headers: [...headers, ...more] });
    } else if (method === 'OPTIONS' && more.length > 0) {
      const { headers } = plainly(request, response);
      response.writeHead(204, [...headers, ...more, ...preflightHeaders]).end();
    } else {
      for (let at = 0; at < more.length; at += 2) {
        response.setHeader(more[at] ?? '', more[at + 1] ?? '');
      }
      app(request, response);
    }
  };
  return (request, response) => {
    const origin = crossOrigin && askingOrigin(request, ownOrigin);
    if (crossOrigin === undefined || origin === undefined) answer(request, response);
    else
      void crossOriginHeaders(origin, crossOrigin, log).then((more) =>
        answer(request, response, more),
      );
  };
}
