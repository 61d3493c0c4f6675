import type { AclRule } from '@vitrine/claims';
import fc from 'fast-check';
import { moments, prices, sizes, tableNames, words } from './star-schema.ts';

const part = (values: readonly (string | number)[], least: number, most: number) =>
  fc.subarray([...values], {
    minLength: Math.floor(values.length * least),
    maxLength: Math.ceil(values.length * most),
  });
/** Members that leave some of the rows: many to include, few to exclude; at times none, or all. */
const lists = (values: readonly (string | number)[]) =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: part(values, 0.5, 0.9).map((members) => ({ members, exclusionary: false })),
    },
    {
      weight: 5,
      arbitrary: part(values, 0.1, 0.4).map((members) => ({ members, exclusionary: true })),
    },
    {
      weight: 1,
      arbitrary: part(values, 0, 0.3).map((members) => ({ members, exclusionary: null })),
    },
    {
      weight: 1,
      arbitrary: part(values, 0, 0.5).map((members) => ({ members, allMembers: true })),
    },
    {
      weight: 2,
      arbitrary: fc.boolean().map((exclusionary) => ({ members: [], exclusionary })),
    },
  );
const ruleOn = (column: string, values: readonly (string | number)[]) =>
  fc
    .tuple(fc.constantFrom(...tableNames), lists(values))
    .map(([table, list]): AclRule => ({ dataSourceTitle: 'Star', table, column, ...list }));
const rule = fc.oneof(
  { weight: 3, arbitrary: ruleOn('word', words) },
  { weight: 2, arbitrary: ruleOn('size', sizes) },
  { weight: 1, arbitrary: ruleOn('price', prices) },
  { weight: 1, arbitrary: ruleOn('day', moments) },
  { weight: 1, arbitrary: ruleOn('id', [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) },
);

/** Rules of one data source: mostly one or two, since more leave little. */
export const arbitraryRules: fc.Arbitrary<readonly AclRule[]> = fc.oneof(
  { weight: 4, arbitrary: fc.array(rule, { minLength: 1, maxLength: 1 }) },
  { weight: 4, arbitrary: fc.array(rule, { minLength: 2, maxLength: 2 }) },
  { weight: 2, arbitrary: fc.array(rule, { minLength: 3, maxLength: 4 }) },
);
