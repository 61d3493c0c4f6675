import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { type EngineFault, openDuckDb } from '../index.ts';

it(verifies('DATA-4', 'tells of spilled files that could not be removed'), async () => {
  const folder = mkdtempSync(join(tmpdir(), 'left-behind-'));
  const csv = join(folder, 'rows.csv');
  writeFileSync(csv, 'x\n1\n');
  const faults: EngineFault[] = [];
  const cacheDir = join(folder, 'cache');
  const engine = await openDuckDb({
    ...{ files: { rows: csv }, cacheDir },
    onFault: (fault) => faults.push(fault),
  });
  const spill = join(cacheDir, 'spill');
  rmSync(spill, { recursive: true });
  writeFileSync(spill, 'no folder any more');
  await engine.close();
  expect(new Set(faults.map((fault) => JSON.stringify(fault)))).toEqual(
    new Set(['{"what":"spill_not_removed","reason":"ENOTDIR"}']),
  );
  rmSync(folder, { recursive: true });
});
