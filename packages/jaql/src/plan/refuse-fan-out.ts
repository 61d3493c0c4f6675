import type { TermOf } from '../formula/term.ts';
import { JaqlError } from '../jaql-error.ts';
import { fieldsOfTerm } from './term-fields.ts';

const countingOnce: ReadonlySet<string> = new Set(['count', 'min', 'max']);

/** Joined tables repeat their rows: only what does not count them may be asked of these. Code `fan_out`. */
export function refuseFanOut(measures: readonly TermOf<'aggregate'>[], root: string): void {
  for (const { by, of, place } of measures) {
    const isOfRoot = fieldsOfTerm(of).some(({ table }) => table.name === root);
    if (!isOfRoot && !countingOnce.has(by.aggregation)) {
      throw new JaqlError(
        'fan_out',
        'Rows of this measure would be counted more than once.',
        place,
      );
    }
  }
}
