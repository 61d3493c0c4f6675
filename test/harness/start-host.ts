import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Page } from 'playwright-core';

export interface RunningHost {
  /** `http://localhost:<port>`: another site than the service's 127.0.0.1. */
  readonly url: string;
  /** Every Referer that a browser has sent here. */
  readonly referers: readonly string[];
  stop(): Promise<void>;
}

/** An empty page of an embedding product that has loaded the element, and at `/page` one with the `body` that is asked for. */
export async function startHost(serviceUrl: () => string): Promise<RunningHost> {
  const referers: string[] = [];
  const app = express();
  app.use((request, _response, next) => {
    if (request.headers.referer) referers.push(request.headers.referer);
    next();
  });
  app.get('/', (_request, response) => {
    response.type('html').send(`<!doctype html><html lang="en"><title>Host</title>
      <script type="module" src="${serviceUrl()}/embed.js"></script><body></body></html>`);
  });
  app.get('/page', ({ query }, response) => {
    response.type('html').send(`<!doctype html><html lang="en"><title>Host</title>
      <link rel="icon" href="data:," /><body>${query.body}</body></html>`);
  });
  const server = app.listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    referers,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

export interface Embedding {
  readonly id?: string;
  readonly url: string;
  readonly dashboard?: string;
  readonly wat: string;
  readonly theme?: string;
  readonly settings?: object;
}

/** Puts an `<embed-dashboard>` into the page and records its events in `window.seen`. */
export async function embed(page: Page, { id = 'it', ...options }: Embedding): Promise<void> {
  await page.evaluate(
    ({ id, options }) => {
      const element = document.createElement('embed-dashboard');
      element.id = id;
      Object.assign(element, { loading: 'eager' }, options);
      const scope = window as unknown as { seen?: { type: string; detail: unknown }[] };
      scope.seen ??= [];
      for (const type of ['dashboard-loaded', 'filters-changed', 'widget-loaded', 'embed-error']) {
        element.addEventListener(type, (event) => {
          scope.seen?.push({
            type,
            detail: { ...(event as unknown as object), ...(event as CustomEvent).detail },
          });
        });
      }
      document.body.append(element);
    },
    { id, options },
  );
}
