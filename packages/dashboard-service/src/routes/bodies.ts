import { maxColoredMembers } from '@vitrine/charts';
import { type DashboardFilter, type JaqlItem, languages } from '@vitrine/claims';
import * as v from 'valibot';

/**
 * Items as a client sends them: enough shape to tell which field they are about. What they mean, and whether
 * it is anything at all, is decided by the query compiler, which refuses what it does not know.
 */
const item = v.pipe(
  v.custom<JaqlItem>(
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      'jaql' in value &&
      typeof value.jaql === 'object' &&
      value.jaql !== null &&
      !Array.isArray(value.jaql),
  ),
  v.description('A JAQL item: an object whose member `jaql` is an object.'),
);

const cascade = v.pipe(
  v.custom<DashboardFilter>(
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      'isCascading' in value &&
      value.isCascading === true &&
      'levels' in value &&
      isLevels(value.levels),
  ),
  v.description('A cascading filter: `isCascading` is true and `levels` a list of `jaql` objects.'),
);

const filters = v.pipe(v.array(v.union([item, cascade])), v.maxLength(200));
const oid = v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/));
const wholeNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** `POST /api/v1/dashboards/<oid>/data` */
export const dataBody = v.strictObject({
  filters: v.exactOptional(filters),
  widgets: v.exactOptional(v.pipe(v.array(oid), v.maxLength(200))),
});

export const exportFormats = ['pdf', 'png', 'xlsx', 'csv'] as const;

/** Places in the palette: by field, then by member. */
const places = v.record(v.string(), v.pipe(wholeNumber, v.maxValue(255)));
const colors = v.pipe(
  v.record(v.string(), v.pipe(places, v.maxEntries(maxColoredMembers))),
  v.maxEntries(100),
);

/** `POST /api/v1/dashboards/<oid>/export` */
export const exportBody = v.strictObject({
  format: v.picklist(exportFormats),
  widget: v.exactOptional(oid),
  filters: v.exactOptional(filters),
  /** What the reader looks at, where it is not what the session began with. */
  theme: v.exactOptional(oid),
  language: v.exactOptional(v.picklist(languages)),
  colors: v.exactOptional(colors),
});

/** `POST /api/datasources/<title>/members` */
export const membersBody = v.strictObject({
  dim: v.pipe(v.string(), v.maxLength(2000)),
  level: v.exactOptional(v.pipe(v.string(), v.maxLength(40))),
  term: v.exactOptional(v.pipe(v.string(), v.maxLength(1000))),
  count: v.exactOptional(wholeNumber),
  offset: v.exactOptional(wholeNumber),
  /** The dashboard whose background filters apply. */
  dashboard: v.exactOptional(oid),
  /** Filters above this one: the members are those that they leave. */
  filters: v.exactOptional(filters),
});

/** `POST /api/datasources/<title>/fields/search` */
export const fieldsBody = v.strictObject({
  term: v.exactOptional(v.pipe(v.string(), v.maxLength(1000))),
  count: v.exactOptional(wholeNumber),
  offset: v.exactOptional(wholeNumber),
});

/** `POST /api/datasources/<title>/jaql`, also as CSV. */
export const jaqlBody = v.looseObject({
  datasource: v.exactOptional(v.union([v.string(), v.looseObject({ title: v.string() })])),
  metadata: v.pipe(v.array(item), v.maxLength(200)),
  queryGuid: v.exactOptional(v.pipe(v.string(), v.maxLength(200))),
});

/** `POST /api/datasources/<title>/cancel_queries` */
export const cancelBody = v.strictObject({ queries: v.pipe(v.string(), v.maxLength(20_000)) });

function isLevels(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((level) => typeof level === 'object' && level !== null && !Array.isArray(level))
  );
}
