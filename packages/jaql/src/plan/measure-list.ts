import { samePeriod } from '../filter/period.ts';
import type { Item } from './read-item.ts';

/** The measures of a query, each computed once. */
export class MeasureList {
  readonly items: readonly Item[];

  constructor(items: readonly Item[]) {
    this.items = items.filter(
      (item, index) => items.findIndex((other) => isSame(item, other)) === index,
    );
  }

  positionOf(item: Item): number {
    return this.items.findIndex((other) => isSame(item, other));
  }
}

function isSame(a: Item, b: Item): boolean {
  return a.field === b.field && a.aggregation === b.aggregation && samePeriod(a.period, b.period);
}
