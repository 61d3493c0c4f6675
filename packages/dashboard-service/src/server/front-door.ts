import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { logRequest, type PlainHandler, type TokenService } from '@vitrine/token-service';
import type { Express } from 'express';
import type { Logger } from 'pino';
import proxyAddr from 'proxy-addr';
import { askingOrigin, crossOriginHeaders, preflightHeaders } from './cross-origin.ts';
import { answerHeaders } from './security-headers.ts';

/** Written in one go: to set them one by one costs as much as to read the body. */
const headersOfAll = [...answerHeaders].filter(([name]) => name !== 'Cache-Control').flat();

interface FrontDoorOptions {
  /** By path. */
  readonly posts: ReadonlyMap<string, PlainHandler>;
  /** Opens the viewer plane to pages of the origins that configurations name. Default to none. */
  readonly crossOrigin?: Pick<TokenService, 'embeds'>;
  /** Scheme, host and port at which browsers reach this service. */
  readonly ownOrigin?: string;
  readonly log: Logger;
}

/**
 * The listener of an app. Some POSTs are answered in front of Express, with the same headers, log line and address of the
 * sender: exchanges, which strangers can send by the thousand, and minting; to route them costs more than to refuse them (I-1).
 * Requests of pages of another origin get here what lets these read the answer (CFG-4).
 */
export function frontDoor(app: Express, options: FrontDoorOptions): RequestListener {
  const { posts, crossOrigin, ownOrigin, log } = options;
  const trust = app.get('trust proxy fn') as (address: string, hops: number) => boolean;
  const plainly = (request: IncomingMessage, response: ServerResponse) => {
    logRequest(log, request, response);
    return [...headersOfAll, 'Request-Id', randomUUID()];
  };
  const answer = (
    request: IncomingMessage,
    response: ServerResponse,
    more: readonly string[] = [],
  ) => {
    const { method, url = '' } = request;
    const handler = method === 'POST' ? posts.get(url) : undefined;
    if (handler !== undefined) {
      const headers = [...plainly(request, response), ...more];
      void handler(request, response, { address: proxyAddr(request, trust), headers });
    } else if (method === 'OPTIONS' && more.length > 0) {
      response.writeHead(204, [...plainly(request, response), ...more, ...preflightHeaders]).end();
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
