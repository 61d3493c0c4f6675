import type { DashboardFilter, FilterRelations } from '@vitrine/claims';
import fc from 'fast-check';
import { plainRestriction, restriction } from './arbitrary-filter.ts';

/** Dashboard filters in force, and how they are joined. */
export interface InForce {
  readonly filters: readonly DashboardFilter[];
  readonly filterRelations?: FilterRelations;
}

const flags = fc.oneof(
  { weight: 6, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.constant({ disabled: true }) },
  { weight: 1, arbitrary: fc.constant({ locked: true }) },
);
const plain = fc
  .tuple(restriction, flags)
  .map(([jaql, more]) => ({ jaql, ...more }) as DashboardFilter);
const cascade = fc
  .tuple(fc.array(plainRestriction, { minLength: 1, maxLength: 3 }), flags)
  .map(([levels, more]) => ({ isCascading: true, levels, ...more }) as DashboardFilter);
const filter = fc.oneof({ weight: 3, arbitrary: plain }, { weight: 1, arbitrary: cascade });

/** A tree over some of the instances, each of which may stand in it more than once. */
export const treeOver = (ids: readonly string[]): fc.Arbitrary<FilterRelations> =>
  fc.letrec<{ node: FilterRelations }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      fc.constantFrom(...ids).map((instanceid) => ({ instanceid })),
      fc
        .tuple(fc.constantFrom('AND', 'OR', 'OR'), tie('node'), tie('node'))
        .map(([operator, left, right]) => ({ operator, left, right })),
    ),
  })).node;

/** Puts an `instanceid` on each, and joins them. */
export const related = <Named extends object>(of: fc.Arbitrary<readonly Named[]>) =>
  of
    .filter((all) => all.length > 0)
    .chain((all) => {
      const named = all.map((one, index) => ({ ...one, instanceid: `f${index}` }));
      const ids = named.map(({ instanceid }) => instanceid);
      return fc.tuple(fc.constant(named), treeOver(ids));
    });

export const arbitraryInForce: fc.Arbitrary<InForce> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ filters: [] }) },
  {
    weight: 3,
    arbitrary: fc
      .array(filter, { minLength: 1, maxLength: 2 })
      .map((filters): InForce => ({ filters })),
  },
  {
    weight: 2,
    arbitrary: related(fc.array(filter, { minLength: 2, maxLength: 4 })).map(
      ([filters, filterRelations]): InForce => ({ filters, filterRelations }),
    ),
  },
);
