import type { JaqlItem } from '@vitrine/claims';
import { describe, expect, it } from 'vitest';
import { compileQuery } from '../index.ts';
import { context } from '../testing/sample-database.ts';

describe('writeCondition', () => {
  it('binds nothing that does not stand in the statement', () => {
    const sum = { dim: '[Orders.Amount]', agg: 'sum' };
    const moved = { formula: 'PASTMONTH([m], 2)', context: { m: sum } };
    const none = { dim: '[Orders.Day]', level: 'years', filter: { exclude: { all: true } } };
    const metadata = [{ jaql: moved }, { jaql: none, panel: 'scope' }] as unknown as JaqlItem[];
    expect(compileQuery({ metadata }, context()).params).toEqual([]);
  });
});
