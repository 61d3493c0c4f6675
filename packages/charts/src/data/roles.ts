import type { ViewItem } from '../view-model.ts';

/** Which columns of a result play which part; numbers are column indices. */
export interface Roles {
  readonly categories: readonly number[];
  readonly series: number | undefined;
  readonly values: readonly number[];
}

/** True where the item is an aggregated value and not a field to group by. */
export function isMeasure(item: ViewItem): boolean {
  return item.jaql.agg !== undefined || item.jaql.formula !== undefined || item.panel === 'value';
}

/** Reads the parts from the panels: measures are values, the field in `series` splits, all other fields are categories. */
export function rolesOf(metadata: readonly ViewItem[]): Roles {
  const values: number[] = [];
  const categories: number[] = [];
  let series: number | undefined;
  metadata.forEach((item, index) => {
    if (isMeasure(item)) values.push(index);
    else if (item.panel === 'series' && series === undefined) series = index;
    else categories.push(index);
  });
  return { categories, series, values };
}
