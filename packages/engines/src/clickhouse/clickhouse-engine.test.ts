import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenedEngine, openers } from '../../../../test/harness/three-engines.ts';
import { verifies } from '../../../../test/verifies.ts';
import { type EngineQuery, openClickHouse } from '../index.ts';

let opened: OpenedEngine;
beforeAll(async () => {
  opened = await openers.clickhouse(['CREATE TABLE t (x Int64) ENGINE = Memory']);
});
afterAll(() => opened.close());
const ask = (text: string, more: Partial<EngineQuery> = {}) =>
  opened.engine.query({ text, params: [], maxRows: 100, timeoutMs: 20_000, ...more });

/** A server that is not ClickHouse: what it does with a request, while `work` runs. */
async function against<Result>(listener: RequestListener, work: (url: string) => Promise<Result>) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await work(
      `http://canary-user:canary-pw@127.0.0.1:${(server.address() as AddressInfo).port}`,
    );
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

describe('a request to ClickHouse', () => {
  it(verifies('DATA-4', 'carries the limits, and that it only reads'), async () => {
    const { rows } = await ask(
      `SELECT getSetting('readonly'), getSetting('max_execution_time'), getSetting('max_memory_usage'),
         getSetting('join_use_nulls'), getSetting('session_timezone')`,
      { timeoutMs: 2_500 },
    );
    expect(rows).toEqual([[1, 3, 4 * 2 ** 30, true, 'UTC']]);
  });

  it(verifies('DATA-4', 'that needs too much memory fails'), async () => {
    const small = await openClickHouse({ url: opened.address, maxMemoryBytes: 20_000_000 });
    const text = 'SELECT count(*) FROM (SELECT number FROM numbers(10000000) GROUP BY number)';
    await expect(
      small.query({ text, params: [], maxRows: 1, timeoutMs: 20_000 }),
    ).rejects.toMatchObject({ code: 'query_failed' });
    await small.close();
  });
});

describe('opening', () => {
  it.each<[string, RequestListener]>([
    [
      'takes no settings',
      (_request, response) =>
        response
          .writeHead(500)
          .end(
            "Code: 164. DB::Exception: Cannot modify 'canary' setting in readonly mode. (READONLY)",
          ),
    ],
    [
      'knows another password',
      (_request, response) =>
        response
          .writeHead(516)
          .end('Code: 516. DB::Exception: canary: failed. (AUTHENTICATION_FAILED)'),
    ],
    ['is something else', (_request, response) => response.end('<html>canary</html>')],
    ['hangs up', (request) => request.destroy()],
    [
      'does not know a function',
      (request, response) => {
        request.setEncoding('utf8').on('data', (query: string) => {
          if (query.includes("getSetting('readonly')")) {
            response.end('{"meta": [{"type": "UInt64"}], "data": [["2"]], "rows": 1}');
          } else {
            response.writeHead(404).end('Code: 46. DB::Exception: canary (UNKNOWN_FUNCTION)');
          }
        });
      },
    ],
    [
      'reckons in another way',
      (_request, response) =>
        response.end('{"meta": [{"type": "UInt8"}], "data": [[0]], "rows": 1}'),
    ],
  ])(
    verifies('DATA-3 D-7', 'a server that %s is refused, and not quoted'),
    async (_what, listener) => {
      const error = await against(listener, (url) =>
        openClickHouse({ url }).then(
          () => undefined,
          (caught: Error) => caught,
        ),
      );
      expect(error).toMatchObject({ code: 'source_unavailable' });
      expect(`${error?.stack} ${error?.cause}`).not.toContain('canary');
    },
  );

  it('what is no address is refused, and not quoted', async () => {
    const error = await openClickHouse({ url: 'canary' }).catch((caught: Error) => caught);
    expect(error).toMatchObject({ code: 'source_unavailable' });
    expect((error as Error).message).not.toContain('canary');
  });
});
