import type { AclRule, JaqlItem } from '@vitrine/claims';
import { QueryRunner } from '@vitrine/engines';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { startSources } from '../testing/start-sources.ts';
import { type DataRequest, type QueryRights, runQuery, runQueryText } from './run-query.ts';

type Sources = Awaited<ReturnType<typeof startSources>>;
let cached: Sources;
/** Another process of the service: its results are its own. */
let replica: Sources;
let cacheless: Sources;
const runner = new QueryRunner();
const replicaRunner = new QueryRunner();
beforeAll(async () => {
  cached = await startSources({ runner });
  replica = await startSources({ runner: replicaRunner });
  cacheless = await startSources({ runner: new QueryRunner({ cache: { maxBytes: 0 } }) });
});
afterAll(() => Promise.all([cached.stop(), replica.stop(), cacheless.stop()]));

const texts = { Tenant: ['acme', 'globex'], Region: ['North', 'South', 'West'] } as const;
const field = fc.constantFrom('Tenant', 'Region');

/** Few of each, so that two tokens often ask for what another has asked before. */
const rule: fc.Arbitrary<AclRule> = field.chain((column) =>
  fc.record({
    dataSourceTitle: fc.constant('Sales'),
    table: fc.constant('Sales'),
    column: fc.constant(column),
    datatype: fc.constant('text' as const),
    members: fc.subarray([...texts[column]]),
    exclusionary: fc.boolean(),
  }),
);
const rights: fc.Arbitrary<QueryRights> = fc.record({
  rules: fc.array(rule, { maxLength: 2 }).map((rules) => new Map([['Sales', rules]])),
  locale: fc.constantFrom('en-US', 'de-DE'),
  timeZone: fc.constantFrom('UTC', 'Pacific/Auckland'),
});

const shown: fc.Arbitrary<JaqlItem> = fc.constantFrom<JaqlItem>(
  { jaql: { dim: '[Sales.Region]' } },
  { jaql: { dim: '[Sales.Product]' } },
  { jaql: { dim: '[Sales.Day]', level: 'months' } },
);
const measure: fc.Arbitrary<JaqlItem> = fc
  .constantFrom('sum', 'count', 'max')
  .map((agg) => ({ jaql: { dim: '[Sales.Amount]', agg } }));
const filter: fc.Arbitrary<JaqlItem> = fc.oneof<fc.Arbitrary<JaqlItem>[]>(
  field.chain((column) =>
    fc.subarray([...texts[column]]).map((members) => ({
      jaql: { dim: `[Sales.${column}]`, datatype: 'text' as const, filter: { members } },
    })),
  ),
  fc.integer({ min: 0, max: 5 }).map((offset) => ({
    jaql: { dim: '[Sales.Day]', level: 'months', filter: { last: { count: 3, offset } } },
  })),
);
const request: fc.Arbitrary<DataRequest> = fc.oneof(
  fc.record({
    kind: fc.constant('query' as const),
    source: fc.constant('Sales'),
    query: fc.tuple(shown, measure).map((metadata) => ({ metadata })),
    filters: fc.array(filter, { maxLength: 2 }),
  }),
  fc.record({
    kind: fc.constant('members' as const),
    source: fc.constant('Sales'),
    request: fc.record({ dim: fc.constantFrom('[Sales.Product]', '[Sales.Tenant]') }),
  }),
);

/** What each reader would get if nothing were shared, by all that decides about it. */
const alone = new Map<string, Promise<string>>();
function expected(asked: DataRequest, reader: QueryRights): Promise<string> {
  const inputs = JSON.stringify([asked, [...reader.rules], reader.locale, reader.timeZone]);
  const known = alone.get(inputs) ?? ask(cacheless, asked, reader);
  alone.set(inputs, known);
  return known;
}
const ask = (sources: Sources, asked: DataRequest, reader: QueryRights) =>
  runQueryText(asked, { ...sources.context(), rights: reader });

describe('results that readers share', () => {
  it(verifies(
    'D-5 DATA-2',
    'are those of a run without a cache: 200 pairs of tokens, 50 queries, cold and warm, 2 replicas',
  ), { timeout: 120_000 }, async () => {
    const requests = fc.sample(request, { seed: 5, numRuns: 50 });
    const tokens = fc.sample(rights, { seed: 7, numRuns: 400 });
    for (let nth = 0; nth < 400; nth += 2) {
      const pair = tokens.slice(nth, nth + 2);
      for (const _temperature of ['cold', 'warm']) {
        const answers = requests.flatMap((asked, index) =>
          pair.map(async (reader, half) => {
            // Each replica meets either of the two first, and the other one after it.
            const at = (nth / 2 + index + half) % 2 === 0 ? cached : replica;
            expect(await ask(at, asked, reader)).toBe(await expected(asked, reader));
          }),
        );
        await Promise.all(answers);
      }
      if (nth % 20 === 0) runner.retain(new Set());
      if (nth % 28 === 0) replicaRunner.retain(new Set());
    }
    expect(new Set(await Promise.all(alone.values())).size).toBeGreaterThan(100);
  });

  const month: DataRequest = {
    kind: 'query',
    source: 'Sales',
    query: { metadata: [{ jaql: { dim: '[Sales.Amount]', agg: 'sum' } }] },
    filters: [
      { jaql: { dim: '[Sales.Day]', level: 'months', filter: { last: { count: 1, offset: 0 } } } },
    ],
  };
  const everyone: QueryRights = {
    rules: new Map([['Sales', []]]),
    locale: 'en-US',
    timeZone: 'UTC',
  };
  const amountAt = async (now: string, timeZone = 'UTC') => {
    const reader = { ...everyone, timeZone };
    const result = await runQuery(month, {
      ...cached.context(),
      rights: reader,
      now: new Date(now),
    });
    return result.values[0]?.[0]?.data;
  };

  it(verifies('D-5 DATA-4', 'follow the clock and the time zone of relative dates'), async () => {
    const january = await amountAt('2024-01-31T12:30:00Z');
    expect(await amountAt('2024-02-01T12:30:00Z')).not.toBe(january);
    expect(await amountAt('2024-01-31T12:30:00Z', 'Pacific/Auckland')).not.toBe(january);
    expect(await amountAt('2024-01-31T12:30:00Z')).toBe(january);
  });

  it(verifies('D-5 DATA-4', 'leave when the data or the model changes'), async () => {
    const whole: DataRequest = { ...month, filters: [] };
    const amount = async () =>
      JSON.parse(await ask(cached, whole, everyone)).values[0]?.[0]?.data as number;
    const before = await amount();
    expect(runner.stats.bytes).toBeGreaterThan(0);
    await cached.folder.edit('data/sales.csv', (text) => text.replace('1000', '5000'));
    await cached.content.refresh();
    expect(await amount()).toBe(before + 4000);
    const kept = runner.stats.bytes;
    await cached.folder.edit('models/sales.yaml', (text) => `${text}cacheSeconds: 0\n`);
    await cached.content.refresh();
    expect(runner.stats.bytes).toBeLessThan(kept);
    await amount();
    expect(runner.stats.bytes).toBe(0);
  });
});
