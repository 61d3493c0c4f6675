import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener } from 'node:http';
import { type Exchange, exchangePaths, logRequest } from '@vitrine/token-service';
import type { Express } from 'express';
import type { Logger } from 'pino';
import proxyAddr from 'proxy-addr';
import { answerHeaders } from './security-headers.ts';

interface FrontDoorOptions {
  readonly exchange: Exchange;
  readonly log: Logger;
}

/**
 * The listener of an app. Exchanges are answered in front of Express, with the same headers, log line and address of the
 * sender: they are what strangers can send by the thousand, and routing them costs more than refusing them (I-1).
 */
export function frontDoor(app: Express, { exchange, log }: FrontDoorOptions): RequestListener {
  const trust = app.get('trust proxy fn') as (address: string, hops: number) => boolean;
  return (request, response) => {
    if (!isExchange(request)) {
      app(request, response);
      return;
    }
    logRequest(log, request, response);
    response.setHeaders(answerHeaders);
    response.setHeader('Request-Id', randomUUID());
    void exchange(request, response, proxyAddr(request, trust));
  };
}

function isExchange({ method, url = '' }: IncomingMessage): boolean {
  return method === 'POST' && exchangePaths.has(url);
}
