import { aggregations, type CascadingLevel, dateLevels, type Jaql } from '@vitrine/claims';
import * as v from 'valibot';

export const datatype = v.picklist(['text', 'numeric', 'datetime']);

const shortText = v.pipe(v.string(), v.maxLength(2000, 'must not be longer than 2,000 characters'));

const formulaText = v.pipe(
  v.string(),
  v.maxLength(10_000, 'must not be longer than 10,000 characters'),
);

/** Filters stay open here: which kinds exist is decided by the query compiler, which checks each item at load. */
const filter = v.record(v.string(), v.unknown());

const jaqlKeys = {
  table: v.exactOptional(shortText),
  column: v.exactOptional(shortText),
  dim: v.exactOptional(shortText),
  datatype: v.exactOptional(datatype),
  title: v.exactOptional(shortText),
  agg: v.exactOptional(v.picklist(aggregations)),
  level: v.exactOptional(v.picklist(dateLevels)),
  firstday: v.exactOptional(v.picklist(['mon', 'sun'])),
  sort: v.exactOptional(v.picklist(['asc', 'desc'])),
  formula: v.exactOptional(formulaText),
  context: v.exactOptional(
    v.record(
      v.string(),
      v.lazy(() => jaqlSchema),
    ),
  ),
  filter: v.exactOptional(filter),
  in: v.exactOptional(
    v.strictObject({ selected: v.strictObject({ jaql: v.lazy(() => jaqlSchema) }) }),
  ),
};

/** The `jaql` object of an item. */
export const jaqlSchema: v.GenericSchema<Jaql> = v.strictObject(jaqlKeys);

const cascadingLevel: v.GenericSchema<CascadingLevel> = v.strictObject({
  ...jaqlKeys,
  instanceid: v.exactOptional(shortText),
});

const format = v.strictObject({
  style: v.exactOptional(v.picklist(['number', 'percent', 'currency'])),
  currency: v.exactOptional(v.pipe(v.string(), v.regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code'))),
  decimals: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(6))),
  compact: v.exactOptional(v.boolean()),
  unit: v.exactOptional(v.pipe(v.string(), v.maxLength(40))),
});

/** A JAQL item as a widget or a dashboard filter holds it. */
export const jaqlItemSchema = v.strictObject({
  jaql: jaqlSchema,
  format: v.exactOptional(format),
  disabled: v.exactOptional(v.boolean()),
  locked: v.exactOptional(v.boolean()),
  panel: v.exactOptional(v.picklist(['category', 'series', 'value', 'columns', 'scope'])),
  isCascading: v.exactOptional(v.literal(false)),
  instanceid: v.exactOptional(shortText),
});

/** A dashboard filter of several fields, from the top down. */
const cascadingFilterSchema = v.strictObject({
  isCascading: v.literal(true),
  levels: v.pipe(v.array(cascadingLevel), v.minLength(1, 'must have a level')),
  disabled: v.exactOptional(v.boolean()),
  locked: v.exactOptional(v.boolean()),
  instanceid: v.exactOptional(shortText),
});

export const dashboardFilterSchema = v.union(
  [jaqlItemSchema, cascadingFilterSchema],
  'must be a filter: an object with jaql, or with isCascading: true and levels',
);

/** A tree; its nodes are checked by the query compiler, with the filters that they name. */
export const filterRelationsSchema = v.record(v.string(), v.unknown());
