import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { darkTheme, lightTheme, type ViewItem, viewLevels } from '@vitrine/charts';
import { filtersInForce } from '@vitrine/viewer';
import { answerQuery, membersOf } from './answer-query.ts';
import { dashboards, themes } from './mock-content.ts';
import { strikeFacts } from './strike-facts.ts';

/**
 * Stands in for the service: the built viewer under the policy it must live with, and the routes of a session over a
 * small synthetic data set. What a token allows is written in its second segment, as plain JSON in base64url.
 */
export interface MockToken {
  readonly refuse?: string;
  readonly abilities?: { readonly filter: boolean; readonly export: boolean };
  readonly locale?: string;
  readonly dark?: boolean;
  readonly dashboards?: readonly string[];
}

export interface MockService {
  readonly origin: string;
  /** Requests since the start: method, path and headers. */
  readonly requests: readonly {
    readonly line: string;
    readonly headers: IncomingMessage['headers'];
  }[];
  readonly violations: readonly string[];
  /** Token text of what it allows. */
  token(allows?: MockToken): string;
  close(): Promise<void>;
}

export const mockKid = '65f0a1b2c3d4e5f6a7b8c9d0';
const builtViewer = fileURLToPath(new URL('../dist/', import.meta.url));
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
  'report-uri /violations',
].join('; ');
const types: Readonly<Record<string, string>> = {
  js: 'text/javascript',
  css: 'text/css',
  woff2: 'font/woff2',
  html: 'text/html; charset=utf-8',
};
const facts = strikeFacts();
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** `folder`: the built viewer; `delayMs`: wait before each widget's rows. */
export async function startMockService({
  folder = builtViewer,
  delayMs = 0,
} = {}): Promise<MockService> {
  const requests: { line: string; headers: IncomingMessage['headers'] }[] = [];
  const violations: string[] = [];
  const server: Server = createServer(async (request, response) => {
    requests.push({ line: `${request.method} ${request.url}`, headers: request.headers });
    try {
      await answer(request, response, { violations, delayMs, folder });
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    violations,
    token: (allows = {}) =>
      [encode({ alg: 'RSA-OAEP-256', kid: mockKid }), encode(allows), 'iv', 'text', 'tag'].join(
        '.',
      ),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

interface Context {
  readonly violations: string[];
  readonly delayMs: number;
  readonly folder: string;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  context: Context,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://mock');
  response.setHeader('Referrer-Policy', 'no-referrer');
  if (pathname === '/violations') {
    context.violations.push(await textOf(request));
    response.writeHead(204).end();
  } else if (pathname.startsWith('/assets/viewer/')) {
    await sendFile(response, join(context.folder, pathname.slice('/assets/viewer/'.length)));
  } else if (/^\/(wat\/[^/]+\/app\/main|embed\/[0-9a-f]{24})/.test(pathname)) {
    response.setHeader('Content-Security-Policy', policy);
    await sendFile(response, join(context.folder, 'index.html'));
  } else if (pathname === '/host') {
    response
      .setHeader('Content-Type', 'text/html')
      .end('<!doctype html><title>Host</title><body></body>');
  } else {
    await answerApi(request, response, pathname, context);
  }
}

async function answerApi(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  context: Context,
): Promise<void> {
  const body = request.method === 'POST' ? JSON.parse(await textOf(request)) : {};
  if (path === '/api/v1/wat/sessionToken') {
    if (request.method === 'DELETE') return void response.writeHead(204).end();
    const [, allows = ''] = String(body.webAccessToken).split('.');
    const token = JSON.parse(Buffer.from(allows, 'base64url').toString() || '{}') as MockToken;
    if (token.refuse)
      return problem(response, token.refuse === 'rate_limited' ? 429 : 401, token.refuse);
    return json(response, { webSessionToken: allows, initialiser: 'initialiser' });
  }
  if (!request.headers.authorization || request.headers.initialiser !== 'initialiser') {
    return problem(response, 401, 'session_unknown');
  }
  const token = JSON.parse(
    Buffer.from(request.headers.authorization, 'base64url').toString(),
  ) as MockToken;
  const locale = token.locale ?? 'en-US';
  const allowed = dashboards.filter(({ oid }) =>
    (token.dashboards ?? dashboards.map((one) => one.oid)).includes(oid),
  );
  if (path === '/api/v1/session') {
    return json(response, {
      user: { id: 'reader', name: 'Reader' },
      abilities: token.abilities ?? { filter: true, export: true },
      language: locale,
      locale,
      timeZone: 'UTC',
      theme: { oid: token.dark ? darkTheme.oid : lightTheme.oid, source: 'system' },
      dashboards: allowed.map(({ oid, title }) => ({ oid, title })),
    });
  }
  const theme = themes.find(({ oid }) => path === `/api/v1/themes/${oid}`);
  if (theme) return json(response, theme);
  if (/^\/api\/datasources\/.+\/members$/.test(path)) {
    const members = membersOf(facts, body);
    const page = members.slice(body.offset, body.offset + body.count);
    return json(response, {
      members: page.map((data) => ({ data, text: String(data) })),
      more: false,
    });
  }
  const [, oid, action] = /^\/api\/v1\/dashboards\/(\w+)(?:\/(\w+))?$/.exec(path) ?? [];
  const dashboard = allowed.find((one) => one.oid === oid);
  if (!dashboard) return problem(response, 404, 'not_found');
  if (action === undefined) return json(response, dashboard);
  if (action === 'export') {
    response.setHeader('Content-Disposition', `attachment; filename="strikes.${body.format}"`);
    return void response.end('a,b\n1,2\n');
  }
  const changes = (body.filters ?? []) as ViewItem[];
  const filters = filtersInForce(dashboard.filters, changes).flatMap(viewLevels);
  response.setHeader('Content-Type', 'application/x-ndjson');
  for (const widget of dashboard.widgets) {
    if (widget.type === 'richtext' || (body.widgets && !body.widgets.includes(widget.oid)))
      continue;
    if (context.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, context.delayMs));
    response.write(
      `${JSON.stringify({ widget: widget.oid, ...answerQuery(facts, widget, filters, changes, locale) })}\n`,
    );
  }
  response.end();
}

async function sendFile(response: ServerResponse, path: string): Promise<void> {
  try {
    const content = await readFile(path);
    response.setHeader(
      'Content-Type',
      types[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
    );
    response.end(content);
  } catch {
    response.writeHead(404).end();
  }
}

function json(response: ServerResponse, value: unknown): void {
  response.setHeader('Content-Type', 'application/json').end(JSON.stringify(value));
}

function problem(response: ServerResponse, status: number, code: string): void {
  response
    .writeHead(status, { 'Content-Type': 'application/problem+json' })
    .end(JSON.stringify({ status, code, title: code }));
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}
