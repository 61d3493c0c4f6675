import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { dataCalls } from '../../test/data-routes.ts';
import { rawRequest, statusesIn } from '../../test/raw-request.ts';
import { spellings } from '../../test/spellings.ts';
import { type SessionHeaders, startService, type TestService } from '../../test/start-service.ts';
import { createHttpServer } from '../server/create-http-server.ts';

let service: TestService;
let behind: Server;
let headers: SessionHeaders;
beforeAll(async () => {
  service = await startService();
  behind = createHttpServer(service.app);
  await new Promise<void>((resolve) => behind.listen(0, '127.0.0.1', resolve));
  headers = await service.open({ sub: 'acme-reader' });
});
afterAll(async () => {
  behind.closeAllConnections();
  behind.close();
  await service.stop();
});

const plainRoutes = ['post /api/datasources/:title/jaql', 'post /api/v1/dashboards/:oid/data'];
const calls = dataCalls.filter(({ route }) => plainRoutes.includes(route));

/** An answer, but for what differs from one to the next; the lines of a stream come in any order. */
function settled(answer: string): string[] {
  const [head = '', ...parts] = answer.split('\r\n\r\n');
  const lines = parts
    .join('')
    .split(/\r?\n/)
    .filter((line) => !/^[0-9a-f]*$/.test(line));
  const names = head.split('\r\n').filter((line) => !/^(?:Date|Request-Id):/i.test(line));
  return [...names, ...lines].map((line) => line.replaceAll(/"id":"[^"]+"/g, '"id":"…"')).sort();
}

/** The name in a path, as one parser or another might read it. */
const nameSpellings = [
  ...['%', '%4', '%c0%af', '%e0%80%af', '%ff', '.', '..', '%2e', '%2e%2e', '%2f', '%5c', '\\'],
  ...['%00', '%0a', '%7f', '%20', '%3f', '%23', '#', ';', '%25', '%252f', '?', '\xe9', '%C3%A9'],
].flatMap((part) => [part, `${part}NAME`, `NAME${part}`]);

/** The same request to the listener, and to the app behind it. */
async function both(target: string, more: Readonly<Record<string, string>>, body: string) {
  const lines = Object.entries({ Host: 'x', Connection: 'close', ...more });
  const bytes = [
    `POST ${target} HTTP/1.1`,
    ...lines.map(([name, value]) => `${name}: ${value}`),
    ...[`Content-Length: ${Buffer.byteLength(body)}`, '', body],
  ].join('\r\n');
  const { port } = behind.address() as AddressInfo;
  const urls = [service.url, `http://127.0.0.1:${port}`];
  return Promise.all(urls.map((url) => rawRequest(url, bytes))) as Promise<[string, string]>;
}

const json = { 'Content-Type': 'application/json' };

describe.each(calls)('$route, in front of Express and behind it', ({ path, body }) => {
  const good = JSON.stringify(body);

  it.each([
    ['a question', 200, json, good],
    ['one in another language', 200, { ...json, 'Embed-Language': 'de-DE' }, good],
    ['one with a theme that there is not', 200, { ...json, 'Embed-Theme': 'x' }, good],
    ['no session', 401, { ...json, Authorization: '' }, good],
    ['another initialiser', 401, { ...json, Initialiser: 'x' }, good],
    ['two initialisers', 401, { ...json, initialiser: 'x' }, good],
    ['a form', 415, { 'Content-Type': 'text/plain' }, good],
    ['no JSON', 400, json, '{'],
    ['null', 400, json, 'null'],
    ['a name that is not documented', 400, json, '{"metadata":1,"x":1}'],
    ['too much', 413, json, JSON.stringify({ x: 'x'.repeat(1_100_000) })],
    ['a page of another origin', 403, { ...json, Origin: 'https://elsewhere.example.com' }, good],
  ])(verifies('D-6 F-6', 'answers %s alike, with %i'), async (_what, status, more, text) => {
    const [front, back] = await both(path, { ...headers, ...more }, text);
    expect(statusesIn(front)).toEqual([status]);
    expect(settled(front)).toEqual(settled(back));
  });

  it(verifies('F-6', 'takes the same spellings of its path'), async () => {
    const others = [path, `${path}?a=1`, `${path}?`, path.replace('a', '%61')];
    const name = path.split('/').at(-2) ?? '';
    const named = nameSpellings.map((spelt) => path.replace(name, spelt.replace('NAME', name)));
    const targets = new Set([...others, ...named, ...spellings.map((spell) => spell(path))]);
    for (const target of targets) {
      const [front, back] = await both(target, { ...headers, ...json }, good);
      expect(statusesIn(front), target).toEqual(statusesIn(back));
      expect(settled(front), target).toEqual(settled(back));
    }
  });
});

it.each(['post /api/datasources/:title/jaql', 'post /api/v1/dashboards/:oid/data'])(
  '%s is among the calls above',
  (route) => {
    expect(calls.map((call) => call.route)).toContain(route);
  },
);
