import * as v from 'valibot';
import {
  dashboardFilterSchema,
  filterRelationsSchema,
  jaqlItemSchema,
} from './jaql-item-schema.ts';
import { directoryId, label, oid, sourceTitle } from './primitives.ts';

const count = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

const options = v.strictObject({
  stacking: v.exactOptional(v.picklist(['none', 'normal', 'percent'])),
  innerRadius: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(0.9))),
  xTitle: v.exactOptional(label),
  yTitle: v.exactOptional(label),
  labels: v.exactOptional(v.boolean()),
  color: v.exactOptional(count(0, 11)),
  goodDirection: v.exactOptional(v.picklist(['up', 'down'])),
  selection: v.exactOptional(v.picklist(['highlight', 'slice'])),
});

const widget = v.strictObject({
  oid,
  type: v.picklist(['indicator', 'line', 'area', 'column', 'bar', 'pie', 'table', 'richtext']),
  title: v.pipe(v.string(), v.maxLength(200)),
  subtitle: v.exactOptional(label),
  /** The dashboard's where absent. */
  dataSource: v.exactOptional(sourceTitle),
  layout: v.strictObject({ columns: count(1, 12), rows: count(1, 24) }),
  metadata: v.exactOptional(v.array(jaqlItemSchema)),
  options: v.exactOptional(options),
  text: v.exactOptional(v.pipe(v.string(), v.maxLength(20_000))),
  /** Dashboard filters this widget does not follow. */
  ignore: v.exactOptional(
    v.union([v.literal('all'), v.strictObject({ dims: v.array(v.string()) })]),
  ),
});

/** `dashboards/*`: one dashboard a file. */
export const dashboardSchema = v.strictObject({
  oid,
  title: label,
  description: v.exactOptional(v.pipe(v.string(), v.maxLength(2000))),
  dataSource: sourceTitle,
  sharedWith: v.exactOptional(
    v.strictObject({
      users: v.exactOptional(v.array(directoryId)),
      groups: v.exactOptional(v.array(directoryId)),
      everyone: v.exactOptional(v.literal(true)),
    }),
  ),
  filters: v.exactOptional(v.array(dashboardFilterSchema)),
  /** How filters are joined, by data source; the dashboard's own where it is not named. */
  filterRelations: v.exactOptional(
    v.array(
      v.strictObject({
        datasource: v.exactOptional(sourceTitle),
        filterRelations: filterRelationsSchema,
      }),
    ),
  ),
  widgets: v.array(widget),
});

export type DashboardFile = v.InferOutput<typeof dashboardSchema>;
