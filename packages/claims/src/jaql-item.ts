/** JAQL as data: what a widget, a dashboard filter or the `flt` claim holds. Read by `@vitrine/jaql`, which knows what it means. */

export type Datatype = 'text' | 'numeric' | 'datetime';

export const dateLevels = [
  'years',
  'quarters',
  'months',
  'weeks',
  'days',
  'hours',
  'minutes',
] as const;
export type DateLevel = (typeof dateLevels)[number];

export const aggregations = [
  'sum',
  'avg',
  'min',
  'max',
  'median',
  'stdev',
  'stdevp',
  'var',
  'varp',
  'count',
  'countduplicates',
] as const;
export type Aggregation = (typeof aggregations)[number];

/** A restriction as written; its kinds are told apart, and unknown ones refused, by `@vitrine/jaql`. */
export type JaqlFilter = Readonly<Record<string, unknown>>;

export interface Jaql {
  readonly table?: string;
  readonly column?: string;
  /** `[Table.Column]`, for dates also `[Table.Column (Calendar)]`. */
  readonly dim?: string;
  readonly datatype?: Datatype;
  readonly title?: string;
  readonly agg?: Aggregation;
  readonly level?: DateLevel;
  readonly firstday?: 'mon' | 'sun';
  readonly sort?: 'asc' | 'desc';
  readonly formula?: string;
  readonly context?: Readonly<Record<string, Jaql>>;
  readonly filter?: JaqlFilter;
  readonly in?: { readonly selected: { readonly jaql: Jaql } };
}

/** How a number is written; dates follow their `level`. All parts are optional: the default is a plain number of the locale. */
export interface ValueFormat {
  readonly style?: 'number' | 'percent' | 'currency';
  /** ISO 4217, with `style: 'currency'`. */
  readonly currency?: string;
  /** Fraction digits, 0 to 6. */
  readonly decimals?: number;
  /** `1.2M` instead of `1,200,000`. */
  readonly compact?: boolean;
  /** Written behind the number: `min`, `kn`. */
  readonly unit?: string;
}

export interface JaqlItem {
  readonly jaql: Jaql;
  readonly format?: ValueFormat;
  readonly disabled?: boolean;
  readonly locked?: boolean;
  /** Role of the item in its widget: `category`, `series`, `value`, `columns`; `scope` only filters. */
  readonly panel?: string;
  readonly isCascading?: false;
  /** What `filterRelations` names a filter by. */
  readonly instanceid?: string;
}

/** A level of a cascading filter; with an `instanceid`, filter relations can name it by itself. */
export type CascadingLevel = Jaql & { readonly instanceid?: string };

/** A dashboard filter of several fields: a restriction a level, and each level offers what the levels above leave. */
export interface CascadingFilter {
  readonly isCascading: true;
  readonly levels: readonly CascadingLevel[];
  readonly disabled?: boolean;
  readonly locked?: boolean;
  readonly instanceid?: string;
}

export type DashboardFilter = JaqlItem | CascadingFilter;

/**
 * An AND/OR tree over filters, by their `instanceid`: `{operator, left, right}`, also with the `type` names that dashboards
 * write. Read by `@vitrine/jaql`, which refuses nodes that it does not know.
 */
export type FilterRelations = Readonly<Record<string, unknown>>;

/** True for a filter of several levels. */
export function isCascadingFilter(filter: DashboardFilter): filter is CascadingFilter {
  return filter.isCascading === true;
}

/** A filter as one item a field: itself, or the levels of a cascading one from the top down, with its flags. */
export function levelsOf(filter: DashboardFilter): readonly JaqlItem[] {
  if (!isCascadingFilter(filter)) return [filter];
  const { disabled, locked } = filter;
  return filter.levels.map(({ instanceid, ...jaql }) => ({
    jaql,
    ...(disabled === undefined ? {} : { disabled }),
    ...(locked === undefined ? {} : { locked }),
    ...(instanceid === undefined ? {} : { instanceid }),
  }));
}
