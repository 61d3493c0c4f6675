import * as v from 'valibot';
import { isSourceVariable, sourceVariable } from '../../environment/source-variables.ts';
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
  engine: v.picklist(['duckdb', 'postgres', 'clickhouse']),
  /** Where PostgreSQL or ClickHouse is. */
  connection: v.exactOptional(
    v.strictObject({
      /** The variable of the service's environment that holds the address, with the password: never the address itself. */
      env: v.pipe(
        v.string(),
        v.maxLength(100),
        v.regex(sourceVariable, 'must be the name of a variable, such as SALES_URL'),
        v.check(isSourceVariable, 'must not be a variable of the service itself'),
      ),
      /** Queries that it answers at once. */
      connections: v.exactOptional(
        v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(100)),
      ),
    }),
  ),
  /** With DuckDB: relation name to Parquet, CSV or JSON file. */
  files: v.exactOptional(v.record(v.string(), path)),
  /** Relation of `files` to columns in whose order it is imported: those that rules name, before those that filters do. */
  sortedBy: v.exactOptional(
    v.record(v.string(), v.pipe(v.array(label), v.minLength(1, 'must name at least one column'))),
  ),
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
        from: v.exactOptional(label),
        /** Instead of `from`: one SELECT in the engine's own SQL. */
        sql: v.exactOptional(v.pipe(v.string(), v.maxLength(20_000))),
        /** User parameters that stand as `:name` in `sql`. */
        parameters: v.exactOptional(
          v.record(v.pipe(v.string(), v.regex(/^[A-Za-z_]\w{0,99}$/, 'must be a name')), datatype),
        ),
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
