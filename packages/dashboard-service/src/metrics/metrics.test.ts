import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { type Issuer, startService, type TestService } from '../../test/start-service.ts';

const sales = 'bb0000000000000000000001';
const widget = 'cc0000000000000000000003';

let service: TestService;
let issuer: Issuer;
beforeAll(async () => {
  service = await startService();
  issuer = await service.issuer({ profile: 'compatible' });
});
afterAll(() => service.stop());

async function metrics(): Promise<string> {
  const answer = await service.call('/metrics', service.admin);
  expect(answer.headers.get('content-type')).toContain('text/plain');
  return answer.text();
}

/** The value of a series, by its name and labels as they are written. */
async function valueIn(series: string): Promise<number> {
  const line = (await metrics()).split('\n').find((text) => text.startsWith(`${series} `));
  return Number(line?.slice(series.length + 1) ?? 0);
}

/** Names and labels of all series, without their values. */
const seriesOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.slice(0, line.lastIndexOf(' ')));

/** A token that names any kid, as anybody can write one. */
function tokenOf(kid: string): string {
  const header = { typ: 'JWT', alg: 'RSA-OAEP-256', enc: 'A128GCM', kid };
  const bytes = (count: number) => Buffer.alloc(count, 1).toString('base64url');
  const head = Buffer.from(JSON.stringify(header)).toString('base64url');
  return [head, bytes(256), bytes(12), bytes(30), bytes(16)].join('.');
}

describe('GET /metrics', () => {
  it(verifies('OPS-3', 'counts sessions, refusals, queries and exports'), async () => {
    const headers = await service.open({ sub: 'acme-reader' }, issuer);
    await service.exchange('no token');
    await service.call(`/api/v1/dashboards/${sales}/data`, headers, {}).then((r) => r.text());
    const body = { format: 'csv', widget };
    await service.call(`/api/v1/dashboards/${sales}/export`, headers, body).then((r) => r.text());

    const opened = `vitrine_sessions_opened_total{kid="${issuer.kid}"}`;
    expect(await valueIn(opened)).toBe(1);
    expect(await valueIn('vitrine_sessions_live')).toBe(1);
    expect(await valueIn('vitrine_exchanges_refused_total{code="token_malformed"}')).toBe(1);
    expect(await valueIn('vitrine_exchange_seconds_count{outcome="opened"}')).toBe(1);
    expect(await valueIn('vitrine_token_decryptions_total{outcome="done"}')).toBe(1);
    expect(await valueIn('vitrine_decryptions_waiting')).toBe(0);
    expect(await valueIn('vitrine_tokens_remembered')).toBe(1);
    const queries = 'vitrine_query_seconds_count{source="Sales",outcome="ok"}';
    expect(await valueIn(queries)).toBeGreaterThan(1);
    expect(await valueIn('vitrine_exports_total{format="csv"}')).toBe(1);
    const answers = (from: string) =>
      valueIn(`vitrine_query_answers_total{source="Sales",from="${from}"}`);
    // The file repeats the query of a widget, and of the two totals one may have come while the other ran.
    expect(await answers('cache')).toBeGreaterThanOrEqual(1);
    expect(await answers('engine')).toBeGreaterThanOrEqual(3);
    expect(await valueIn('vitrine_result_cache_bytes')).toBeGreaterThan(0);
    expect(await valueIn('vitrine_result_cache_evictions_total')).toBe(0);
    expect(await valueIn('vitrine_queries_running')).toBe(0);
    expect(await valueIn('vitrine_queries_waiting')).toBe(0);
  });

  it(verifies('I-6', 'gets no series from 10,000 unknown kids, tags and sources'), async () => {
    const claims = { sub: 'acme-reader', trc: ['tag-of-mine'] };
    const headers = await service.open(claims, issuer);
    await service.exchange(tokenOf('0'.repeat(24)));
    await metrics();
    const before = seriesOf(await metrics());
    for (let batch = 0; batch < 100; batch += 1) {
      await Promise.all(
        Array.from({ length: 100 }, async (_, nth) => {
          const kid = (batch * 100 + nth + 1).toString(16).padStart(24, '0');
          await (await service.exchange(tokenOf(kid))).text();
        }),
      );
    }
    for (const title of ['None', '__proto__', 'x'.repeat(500)]) {
      const path = `/api/datasources/${title}/members`;
      await service.call(path, headers, { dim: '[Sales.Product]' }).then((r) => r.text());
    }
    const text = await metrics();
    expect(seriesOf(text)).toEqual(before);
    expect(text).not.toContain('tag-of-mine');
    const refused = 'vitrine_exchanges_refused_total{code="token_refused"}';
    expect(await valueIn(refused)).toBe(10_001);
  });

  it(verifies('OPS-3 E-8', 'answers nobody without the admin token'), async () => {
    const session = await service.open({ sub: 'acme-reader' }, issuer);
    for (const headers of [{}, session, { Authorization: 'Bearer wrong' }]) {
      expect((await service.call('/metrics', headers)).status).toBe(401);
    }
  });
});
