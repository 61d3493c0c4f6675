import * as v from 'valibot';
import { datatype } from './jaql-item-schema.ts';
import { label, oid, sourceTitle } from './primitives.ts';

const name = v.pipe(label, v.regex(/^[^[\]]*$/, 'must not contain square brackets'));

/** Relative to the model file; the loader refuses what leads out of the content folder. */
const path = v.pipe(
  v.string(),
  v.minLength(1, 'must not be empty'),
  v.maxLength(1000),
  v.regex(/^(?![/\\])(?![A-Za-z]:)[^\p{Cc}]*$/u, 'must be a relative path'),
);

/** `models/*`: one data source a file. */
export const modelSchema = v.strictObject({
  oid,
  title: sourceTitle,
  engine: v.literal('duckdb'),
  /** Relation name to Parquet, CSV or JSON file. */
  files: v.exactOptional(v.record(v.string(), path)),
  /** A ready DuckDB database instead of `files`. */
  database: v.exactOptional(path),
  /** How long results are kept, seconds; 0: not at all. */
  cacheSeconds: v.exactOptional(
    v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(86_400)),
  ),
  tables: v.pipe(
    v.array(
      v.strictObject({
        name,
        from: label,
        columns: v.pipe(
          v.array(
            v.strictObject({
              name,
              column: v.exactOptional(label),
              type: datatype,
              hidden: v.exactOptional(v.boolean()),
            }),
          ),
          v.minLength(1, 'must name at least one column'),
        ),
      }),
    ),
    v.minLength(1, 'must name at least one table'),
  ),
  relations: v.exactOptional(v.array(v.strictObject({ from: v.string(), to: v.string() }))),
});

export type ModelFile = v.InferOutput<typeof modelSchema>;
