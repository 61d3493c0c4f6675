import type { FindingCollector } from './finding-collector.ts';
import type { JaqlItem } from './jaql-item.ts';

/** JAQL writes this suffix with a blank before it, so a dim without one has lost it (VAL-4). */
const stripped = /[^ ]\(Calendar\)\]$/;

/** Reports dims of dates that only a generator which strips blanks writes: no content is needed to tell. */
export function checkDims(filters: readonly JaqlItem[], findings: FindingCollector): void {
  for (const [index, { jaql }] of filters.entries()) {
    const { dim }: { dim?: unknown } = jaql;
    if (typeof dim === 'string' && stripped.test(dim)) {
      findings.add('dim_blank_lost', ['grants', 'flt', index, 'jaql', 'dim']);
    }
  }
}
