/**
 * An HTTP front for the ClickHouse engine that the package `chdb` carries, in a process of its own: it takes statement,
 * `param_*` and settings as ClickHouse's HTTP interface does, and gives back what the engine says. The engine answers one
 * statement at a time, and nothing but `max_execution_time` ends one: so the front says which ones it was asked to kill and
 * which callers have left, but does not stop them.
 *
 *     GET  /asides     {asked: […], killed: […], left: […]}, ids of queries
 *     POST /?query_id=…&database=…&param_p1=…&<setting>=…     the statement, or a form with it and its parameters
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

interface Session {
  queryAsync(text: string, options: { format: string }): Promise<{ text(): string }>;
}

const { Session } = createRequire(import.meta.url)('chdb') as { Session: new () => Session };
const session = new Session();
const asides = { asked: [] as string[], killed: [] as string[], left: [] as string[] };
const notSettings = new Set(['query', 'query_id', 'database', 'default_format', 'session_id']);
let last: Promise<unknown> = Promise.resolve();

const literal = (text: string) => `'${text.replace(/[\\']/g, '\\$&')}'`;
const run = async (text: string) => (await session.queryAsync(text, { format: 'Null' })).text();

const server = createServer((request, response) => {
  void answer(request, response);
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
process.on('disconnect', () => process.exit(0));
process.send?.((server.address() as AddressInfo).port);

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  if (pathname === '/asides') {
    response.end(JSON.stringify(asides));
    return;
  }
  const { query, params } = await readStatement(request, searchParams);
  if (/^\s*KILL QUERY/.test(query)) {
    asides.killed.push(params.get('param_id') ?? '');
    response.end();
    return;
  }
  asides.asked.push(params.get('query_id') ?? '');
  response.on('close', () => {
    if (!response.writableFinished) asides.left.push(params.get('query_id') ?? '');
  });
  const turn = last.then(() => execute(query, params, response));
  last = turn.catch(() => {});
  await turn;
}

async function readStatement(request: IncomingMessage, searchParams: URLSearchParams) {
  const params = new Map(searchParams);
  const body = await buffer(request);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return { query: body.toString(), params };
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  for (const [name, value] of form) params.set(name, String(value));
  return { query: String(form.get('query')), params };
}

async function execute(
  query: string,
  params: ReadonlyMap<string, string>,
  response: ServerResponse,
): Promise<void> {
  const settings = [...params].filter(
    ([name]) => !notSettings.has(name) && /^(?!param_)\w+$/.test(name),
  );
  const assigned = settings.map(([name, value]) => `${name} = ${literal(value)}`).join(', ');
  try {
    await run(`USE ${params.get('database') ?? 'default'}`);
    for (const [name, value] of params) {
      if (/^param_\w+$/.test(name)) await run(`SET ${name} = ${literal(value)}`);
    }
    const text = await run(assigned === '' ? query : `${query} SETTINGS ${assigned}`);
    response.end(text);
  } catch (error) {
    // What a failed statement had written so far would stand before the next answer.
    await run('SELECT 1').catch(() => {});
    response.statusCode = 500;
    response.end(error instanceof Error ? error.message : 'Code: 1. DB::Exception: (UNKNOWN)');
  }
}
