import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { openDuckDb } from '../index.ts';

/** Few members, many, and as many as rows: for the last two DuckDB would choose FSST by itself. */
const texts = (row: number) => [
  `region ${row % 50}`,
  `customer number ${row % 20_000}`,
  `https://shop.example/orders/${row}/lines`,
];

it.each([{ sortedBy: [] }, { sortedBy: ['region'] }])(
  verifies(
    'DATA-3',
    'an import keeps no text in a form that is slow to group, sorted by $sortedBy',
  ),
  async ({ sortedBy }) => {
    const folder = mkdtempSync(join(tmpdir(), 'compression-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const lines = Array.from({ length: 150_000 }, (_, row) => texts(row).join(','));
    const facts = join(folder, 'facts.csv');
    writeFileSync(facts, ['region,customer,url', ...lines, ''].join('\n'));
    const engine = await openDuckDb({
      ...{ files: { facts }, cacheDir: join(folder, 'cache') },
      ...(sortedBy.length > 0 && { sortedBy: { facts: sortedBy } }),
    });
    const text = `SELECT DISTINCT column_name, compression FROM pragma_storage_info('facts')
      WHERE segment_type = 'VARCHAR'`;
    const { rows } = await engine.query({ text, params: [], maxRows: 100, timeoutMs: 20_000 });
    const largest = `SELECT max(size) FROM (SELECT sum(count) AS size FROM pragma_storage_info('facts')
      WHERE column_name = 'region' AND segment_type = 'VARCHAR' GROUP BY row_group_id)`;
    const blocks = await engine.query({ text: largest, params: [], maxRows: 1, timeoutMs: 20_000 });
    await engine.close();
    // Where order decides what is read, blocks are half of the usual.
    expect(Number(blocks.rows[0]?.[0])).toBeLessThanOrEqual(sortedBy.length > 0 ? 61_440 : 122_880);
    expect(new Set(rows.map(([column]) => column)).size).toBe(3);
    expect(rows).toContainEqual(['region', 'Dictionary']);
    expect(rows.filter(([, compression]) => String(compression).includes('FSST'))).toEqual([]);
  },
);
