import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'vite';

/** Three origins: the page that embeds, the viewer, and somebody else. */
export interface Origins {
  readonly host: string;
  readonly viewer: string;
  readonly attacker: string;
  /** Paths that the viewer's origin was asked for. */
  readonly viewerRequests: string[];
  close(): void;
}

const fixture = (name: string) => new URL(`fixtures/${name}`, import.meta.url);

/** The one file that `vite build packages/embed` makes, or a page's script bundled alike. */
export async function bundle(input?: string): Promise<string> {
  const result = await build({
    root: new URL('..', import.meta.url).pathname,
    logLevel: 'error',
    ...(input && { configFile: false }),
    build: {
      write: false,
      ...(input && { target: 'es2022', modulePreload: false, rolldownOptions: { input } }),
    },
  });
  if (!('output' in result)) throw new TypeError('one output was expected');
  return result.output[0].code;
}

/** A page that loads the bundle and holds `body`. Its policy is as strict as a careful customer's. */
const hostPage = (body: string) =>
  `<!doctype html><html lang="de"><title>Host</title><link rel="icon" href="data:,"><script type="module" src="/host.js"></script><body>${body}</body></html>`;

export async function startOrigins(): Promise<Origins> {
  const [embed, viewer, attacker, leaving] = await Promise.all([
    bundle(),
    bundle(fixture('viewer-page.ts').pathname),
    readFile(fixture('attacker-page.js'), 'utf8'),
    readFile(fixture('leaving-page.js'), 'utf8'),
  ]);
  const viewerRequests: string[] = [];
  const servers: Server[] = [];

  const listen = async (listener: RequestListener, name: string): Promise<string> => {
    const server = createServer(listener);
    servers.push(server);
    server.listen(0);
    await once(server, 'listening');
    return `http://${name}:${(server.address() as AddressInfo).port}`;
  };
  const answer = (
    response: Parameters<RequestListener>[1],
    type: 'html' | 'javascript',
    text: string,
  ) => response.setHeader('content-type', `text/${type}; charset=utf-8`).end(text);

  const attackerOrigin = await listen((request, response) => {
    if (request.url?.startsWith('/attacker.js')) answer(response, 'javascript', attacker);
    else answer(response, 'html', '<!doctype html><script src="/attacker.js"></script>');
  }, '127.0.0.1');

  const viewerOrigin = await listen((request, response) => {
    const { url = '/' } = request;
    viewerRequests.push(url);
    if (url === '/viewer.js') answer(response, 'javascript', viewer);
    else if (url === '/leaving.js') answer(response, 'javascript', leaving);
    else if (url.startsWith('/embed/leaving'))
      answer(
        response,
        'html',
        `<!doctype html><script src="/leaving.js" data-attacker="${attackerOrigin}"></script>`,
      );
    else if (url.startsWith('/embed/silent')) answer(response, 'html', '<!doctype html>nobody');
    else if (url.startsWith('/embed/'))
      answer(response, 'html', '<!doctype html><script type="module" src="/viewer.js"></script>');
    else response.writeHead(404).end();
  }, '127.0.0.1');

  const hostOrigin = await listen((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://host');
    if (pathname === '/embed.js') return answer(response, 'javascript', embed);
    if (pathname === '/host.js')
      return answer(
        response,
        'javascript',
        "import * as embed from '/embed.js'; Object.assign(window, { embed });",
      );
    response.setHeader(
      'content-security-policy',
      "default-src 'none'; script-src 'self'; img-src data:; frame-src http://127.0.0.1:*; require-trusted-types-for 'script'",
    );
    return answer(response, 'html', hostPage(searchParams.get('body') ?? ''));
  }, 'localhost');

  return {
    host: hostOrigin,
    viewer: viewerOrigin,
    attacker: attackerOrigin,
    viewerRequests,
    close: () => {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}
