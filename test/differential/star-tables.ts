import { type Row, type Star, starRows, type TableName, tableNames } from './star-schema.ts';

type Cell = string | number | null;

/** A table as `test/harness/three-engines.ts` takes it. */
export interface StarTable {
  readonly name: string;
  readonly columns: Readonly<Record<string, 'integer' | 'text' | 'number' | 'timestamp'>>;
  readonly rows: readonly (readonly Cell[])[];
}

export const star: Star = starRows();

const columnsOf = (table: TableName) =>
  ({
    ...{ place: 'integer', id: 'integer', word: 'text', size: 'integer' },
    ...{ price: 'number', day: 'timestamp' },
    ...Object.fromEntries(Object.keys(star[table][0]?.keys ?? {}).map((key) => [key, 'integer'])),
  }) as StarTable['columns'];

const cellsOf = ({ place, id, word, size, price, day, keys }: Row): readonly Cell[] => [
  ...[place, id, word, size, price, day === null ? null : day.replace('T', ' ')],
  ...Object.values(keys),
];

/** All tables of the star, named with a prefix. */
export function starTables(prefix: string): readonly StarTable[] {
  return tableNames.map((table) => ({
    name: `${prefix}${table}`,
    columns: columnsOf(table),
    rows: star[table].map(cellsOf),
  }));
}

/** Statements that make tables with some of the rows of others. */
export function copySql(
  places: ReadonlyMap<TableName, ReadonlySet<number>>,
  from: string,
  to: string,
): readonly string[] {
  return tableNames.map((table) => {
    const kept = [...(places.get(table) ?? [])].join(', ');
    const where = kept === '' ? 'FALSE' : `place IN (${kept})`;
    return `CREATE TABLE ${to}${table} AS SELECT * FROM ${from}${table} WHERE ${where}`;
  });
}
