import { compileMembers, compileQuery, type Model } from '@vitrine/jaql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  engineNames,
  type OpenedEngine,
  openOn,
  type SampleTable,
} from '../harness/three-engines.ts';
import { verifies } from '../verifies.ts';
import { ordersJson, securityTable } from './data-security.ts';

const columns = {
  id: 'integer',
  label: 'text',
  amount: 'integer',
  day: 'timestamp',
  brand_id: 'integer',
} as const;
const model: Model = {
  oid: 'ab0000000000000000000009',
  title: 'Sample',
  relations: [],
  tables: [
    {
      name: 'Orders',
      from: 'orders',
      columns: [
        { name: 'ID', column: 'id', type: 'numeric' },
        { name: 'Label', column: 'label', type: 'text' },
        { name: 'Amount', column: 'amount', type: 'numeric' },
        { name: 'Day', column: 'day', type: 'datetime' },
        { name: 'Brand ID', column: 'brand_id', type: 'numeric', hidden: true },
      ],
    },
  ],
};

/** The orders with ids beyond 2^53 as they are written. */
function orders(): SampleTable {
  const exact = (_key: string, value: unknown, { source }: { readonly source?: string }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) ? source : value;
  const parse = JSON.parse as (text: string, reviver: typeof exact) => unknown;
  const rows = parse(ordersJson, exact) as Record<string, string | number | null>[];
  return {
    name: 'orders',
    columns,
    rows: rows.map((row) => Object.keys(columns).map((name) => row[name] ?? null)),
  };
}

describe.each(engineNames)('the truth table of data security on %s', (name) => {
  let opened: OpenedEngine;
  beforeAll(async () => {
    opened = await openOn(name, [orders()]);
  });
  afterAll(() => opened.close());

  it.each(securityTable)(verifies('D-12 TOK-10 B-3 DATA-3', '%s'), async (_name, rules, kept) => {
    const { engine } = opened;
    const scope = { model, dialect: engine.dialect, rules, filters: [], now: new Date(0) };
    const context = { ...scope, timeZone: 'UTC', maxRows: 100 };
    const limits = { maxRows: 100, timeoutMs: 20_000 };
    const metadata = [{ jaql: { dim: '[Orders.ID]' } }];
    for (const { text, params } of [
      compileQuery({ metadata }, context),
      compileMembers({ dim: '[Orders.ID]' }, context),
    ]) {
      const { rows } = await engine.query({ text, params, ...limits });
      expect(rows.map(([id]) => id)).toEqual(kept);
    }
    const total = compileQuery(
      { metadata: [{ jaql: { dim: '[Orders.ID]', agg: 'countduplicates' } }] },
      context,
    );
    const { rows } = await engine.query({ text: total.text, params: total.params, ...limits });
    expect(rows).toEqual([[kept.length]]);
  });
});
