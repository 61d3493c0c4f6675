import type { FindingCollector } from './finding-collector.ts';
import { type DashboardFilter, isCascadingFilter } from './jaql-item.ts';

/** JAQL writes this suffix with a blank before it, so a dim without one has lost it (VAL-4). */
const stripped = /[^ ]\(Calendar\)\]$/;

/** Reports dims of dates that only a generator which strips blanks writes: no content is needed to tell. */
export function checkDims(filters: readonly DashboardFilter[], findings: FindingCollector): void {
  for (const [index, filter] of filters.entries()) {
    const fields = isCascadingFilter(filter)
      ? filter.levels.map((level, position) => [level.dim, ['levels', position]] as const)
      : [[filter.jaql.dim, ['jaql']] as const];
    for (const [dim, place] of fields) {
      if (typeof dim === 'string' && stripped.test(dim)) {
        findings.add('dim_blank_lost', ['grants', 'flt', index, ...place, 'dim']);
      }
    }
  }
}
