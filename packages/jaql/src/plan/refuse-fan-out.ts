import { JaqlError } from '../jaql-error.ts';
import type { Item } from './read-item.ts';

/** Joined tables repeat their rows: only what does not count them may be asked of these. Code `fan_out`. */
export function refuseFanOut(measures: readonly Item[], root: string): void {
  for (const { aggregation, field, pointer } of measures) {
    const countsOnce = aggregation === 'count' || aggregation === 'min' || aggregation === 'max';
    if (field.table.name !== root && !countsOnce) {
      throw new JaqlError('fan_out', 'Rows of this measure would be counted more than once.', {
        pointer,
      });
    }
  }
}
