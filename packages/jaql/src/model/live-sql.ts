/**
 * Tables that a model defines by a SELECT of its own (TOK-15). `:name` stands for a parameter of the user: its value is
 * bound like any other, and never becomes part of the text. What the text is otherwise, the database decides.
 */
import type { Datatype } from '@vitrine/claims';
import type { Model, ModelTable } from './model.ts';

/** A piece of the text as it is, or the name of the parameter that stands there. */
export type SqlPart = string | { readonly parameter: string };

/** Not `::name`, which is a cast. */
const mention = /(?<![:\w]):([A-Za-z_]\w*)/;
/** Values that the statement around it binds have such names. */
const boundByOthers = /\$\d|\{\s*\w+\s*:/;

/** The text of a live table around its parameters; what looks like one and is not declared stays as it is. */
export function sqlParts({ sql = '', parameters = {} }: ModelTable): readonly SqlPart[] {
  return sql.split(new RegExp(mention, 'g')).map((piece, index): SqlPart => {
    if (index % 2 === 0) return piece;
    return Object.hasOwn(parameters, piece) ? { parameter: piece } : `:${piece}`;
  });
}

/** What is wrong with the definition of a live table. */
export function sqlProblems(table: ModelTable): string[] {
  const { sql = '', parameters = {} } = table;
  const used = new Set(
    sqlParts(table).flatMap((part) => (typeof part === 'string' ? [] : [part.parameter])),
  );
  return [
    ...(/^\s*(?:select|with)\b/i.test(sql) && !/[;\0]/.test(sql)
      ? []
      : ['The sql of a table is one SELECT, without a semicolon.']),
    ...(boundByOthers.test(sql) ? ['Parameters in the sql of a table are written as :name.'] : []),
    ...Object.keys(parameters)
      .filter((name) => !used.has(name))
      .map((name) => `The parameter "${name}" does not stand in the sql of its table.`),
  ];
}

const samples: Readonly<Record<Datatype, string>> = {
  text: '',
  numeric: '0',
  datetime: '1970-01-01',
};

/** A value for each user parameter of a model: for queries that nobody reads, which show whether others would work. */
export function sampleParameters({
  tables,
}: Pick<Model, 'tables'>): Readonly<Record<string, string>> {
  const declared = tables.flatMap(({ parameters }) => Object.entries(parameters ?? {}));
  return Object.fromEntries(declared.map(([name, type]) => [name, samples[type]]));
}
