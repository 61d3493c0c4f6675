import type { AclRule } from '@vitrine/claims';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { securityTable } from '../../../../test/tables/data-security.ts';
import { verifies } from '../../../../test/verifies.ts';
import { openSample, rule } from '../testing/sample-database.ts';

let sample: Awaited<ReturnType<typeof openSample>>;
beforeAll(async () => {
  sample = await openSample();
});
afterAll(() => sample.close());

const label = (more: Partial<AclRule>) => rule('Orders', 'Label', more);

describe('rules on one table', () => {
  it('have a truth table of 64 rows or more', () => {
    expect(securityTable.length).toBeGreaterThan(63);
  });

  it.each(securityTable)(verifies('TOK-10 D-12 B-3', '%s'), async (_name, rules, expected) => {
    expect(await sample.kept({ dim: '[Orders.ID]', filter: {} }, { rules })).toEqual(expected);
  });

  it(
    verifies(
      'D-2 D-12',
      'refuses every query of a source with a rule on an unknown table or column',
    ),
    async () => {
      for (const unknown of [
        rule('Orders', 'Labl', { allMembers: true }),
        rule('orders', 'Label', {}),
      ]) {
        await expect(
          sample.kept({ dim: '[Orders.ID]' }, { rules: [label({ allMembers: true }), unknown] }),
        ).rejects.toMatchObject({ code: 'rule_field_unknown', pointer: '/rules/1' });
      }
    },
  );

  it(
    verifies('D-1', 'keeps filters of the client under the rules, whatever they ask for'),
    async () => {
      const rules = [label({ members: ['Apple'] })];
      for (const filter of [
        { all: true },
        { members: [] },
        { members: ['Banana', 'Apple'] },
        { exclude: { members: ['Banana'] } },
        { or: [{ all: true }, { members: ['Banana'] }] },
      ]) {
        expect(await sample.kept({ dim: '[Orders.Label]', filter }, { rules })).toEqual([1]);
      }
      expect(
        await sample.kept({ dim: '[Orders.Label]', filter: { members: ['Banana'] } }, { rules }),
      ).toEqual([]);
    },
  );
});
