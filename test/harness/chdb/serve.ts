/**
 * An HTTP front for the ClickHouse engine that the package `chdb` carries, in a process of its own. Statements beside each
 * other, settings, users, profiles, grants, quotas, row policies, KILL QUERY and distributed tables are the engine's. What
 * a server does around it is the front's:
 *
 *     POST /?query_id=…&database=…&param_p1=…&<setting>=…     the statement, or a form with it and its parameters
 *       one statement? → a session that is free → USE, SET param_… → statement with its SETTINGS → what the engine says
 *                              └ the caller leaves: KILL QUERY, where the request asked for that
 *
 * The library gives queries ids of its own, so those of requests travel as `log_comment`.
 */
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { buffer } from 'node:stream/consumers';

interface Session {
  queryAsync(text: string, options: { format: string }): Promise<{ text(): string }>;
}
interface Chdb {
  readonly Session: new (path: string, options: { connectionArgs: string[] }) => Session;
}

/** The folder of the data, the file of the configuration, and what this server leaves undone, so that tests see each fence alone. */
const [folder = '', config = '', port = '0', ...undone] = process.argv.slice(2);
const killsLeft = !undone.includes('leave');
const killsAsked = !undone.includes('kill');

const { Session } = createRequire(import.meta.url)('chdb') as Chdb;
const open = () => new Session(folder, { connectionArgs: [`--config-file=${config}`] });
/** Answers about queries while all others are busy. */
const guard = open();
const free = Array.from({ length: 16 }, open);
const waiting: ((session: Session) => void)[] = [];
const notSettings = new Set(['query', 'query_id', 'database', 'default_format', 'session_id']);

const literal = (text: string) => `'${text.replace(/[\\']/g, '\\$&')}'`;
const run = async (session: Session, text: string) =>
  (await session.queryAsync(text, { format: 'Null' })).text();

const server = createServer((request, response) => {
  void answer(request, response);
});
server.listen(Number(port), '127.0.0.1');
await once(server, 'listening');
// The test has ended without a word, and nothing is of use any more. The engine would wait for its queries.
process.on('disconnect', () => {
  rmSync(dirname(config), { recursive: true, force: true });
  process.kill(process.pid, 'SIGKILL');
});
process.send?.((server.address() as AddressInfo).port);

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const { query, params } = await readStatement(request);
    if (query.includes(';')) await run(guard, `SELECT formatQuery(${literal(query)})`);
    response.end(await answerTo(query, params, response));
  } catch (error) {
    response.statusCode = 500;
    response.end(error instanceof Error ? error.message : 'Code: 1. DB::Exception: (UNKNOWN)');
  }
}

function answerTo(
  query: string,
  params: ReadonlyMap<string, string>,
  response: ServerResponse,
): Promise<string> {
  if (/^KILL QUERY/.test(query)) return kill(params);
  return / FROM system\.processes /.test(query)
    ? run(guard, query)
    : execute(query, params, response);
}

async function readStatement(request: IncomingMessage) {
  const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const params = new Map(searchParams);
  const body = await buffer(request);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return { query: body.toString(), params };
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  for (const [name, value] of form) params.set(name, String(value));
  return { query: String(form.get('query')), params };
}

function kill(params: ReadonlyMap<string, string>): Promise<string> {
  if (!killsAsked)
    throw new Error('Code: 497. DB::Exception: Not enough privileges. (ACCESS_DENIED)');
  return killOf(params.get('param_id') ?? '');
}

const killOf = (id: string) =>
  run(guard, `KILL QUERY WHERE Settings['log_comment'] = ${literal(id)} ASYNC`);

async function execute(
  query: string,
  params: ReadonlyMap<string, string>,
  response: ServerResponse,
): Promise<string> {
  const id = params.get('query_id');
  const settings = [...params].filter(
    ([name]) => !notSettings.has(name) && /^(?!param_)\w+$/.test(name),
  );
  if (id !== undefined) settings.push(['log_comment', id]);
  const assigned = settings.map(([name, value]) => `${name} = ${literal(value)}`).join(', ');
  const endsWithCaller = params.get('cancel_http_readonly_queries_on_client_close') === '1';
  response.on('close', () => {
    if (!response.writableFinished && id && endsWithCaller && killsLeft) void killOf(id);
  });
  const session = await turn();
  try {
    await run(session, `USE ${params.get('database') ?? 'default'}`);
    for (const [name, value] of params) {
      if (/^param_\w+$/.test(name)) await run(session, `SET ${name} = ${literal(value)}`);
    }
    return await run(session, assigned === '' ? query : `${query} SETTINGS ${assigned}`);
  } catch (error) {
    // What a failed statement had written so far would stand before the next answer.
    await run(session, 'SELECT 1').catch(() => {});
    throw error;
  } finally {
    const next = waiting.shift();
    if (next === undefined) free.push(session);
    else next(session);
  }
}

function turn(): Promise<Session> | Session {
  return free.pop() ?? new Promise((resolve) => waiting.push(resolve));
}
