import { randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { logRequest, type PlainHandler } from '@vitrine/token-service';
import type { Express } from 'express';
import type { Logger } from 'pino';
import proxyAddr from 'proxy-addr';
import { answerHeaders } from './security-headers.ts';

/** Written in one go: to set them one by one costs as much as to read the body. */
const headersOfAll = [...answerHeaders].filter(([name]) => name !== 'Cache-Control').flat();

interface FrontDoorOptions {
  /** By path. */
  readonly posts: ReadonlyMap<string, PlainHandler>;
  readonly log: Logger;
}

/**
 * The listener of an app. Some POSTs are answered in front of Express, with the same headers, log line and address of the
 * sender: exchanges, which strangers can send by the thousand, and minting; to route them costs more than to refuse them (I-1).
 */
export function frontDoor(app: Express, { posts, log }: FrontDoorOptions): RequestListener {
  const trust = app.get('trust proxy fn') as (address: string, hops: number) => boolean;
  return (request, response) => {
    const { method, url = '' } = request;
    const handler = method === 'POST' ? posts.get(url) : undefined;
    if (handler === undefined) {
      app(request, response);
      return;
    }
    logRequest(log, request, response);
    const headers = [...headersOfAll, 'Request-Id', randomUUID()];
    void handler(request, response, { address: proxyAddr(request, trust), headers });
  };
}
