import { type Field, physicalColumn } from './field.ts';
import { sqlProblems } from './live-sql.ts';
import type { Model, ModelTable } from './model.ts';
import { findPath, type Relation, stepsFrom } from './path.ts';

/** Something in a model that stops it from being used. */
export interface ModelProblem {
  /** RFC 6901, into the model. */
  readonly pointer: string;
  readonly message: string;
}

/** A model read: its fields by dim (both spellings), its relations, and what is wrong with it. */
export interface CheckedModel {
  readonly problems: readonly ModelProblem[];
  readonly fields: ReadonlyMap<string, Field>;
  readonly relations: readonly Relation[];
}

/** Everything that is wrong with a model: names that clash, relations to nowhere, two ways between two tables. */
export function checkModel(model: Model): ModelProblem[] {
  return [...inspectModel(model).problems];
}

/** As `checkModel`, with what it found on the way. */
export function inspectModel(model: Model): CheckedModel {
  const problems: ModelProblem[] = [];
  const fields = new Map<string, Field>();
  const tables = new Set<string>();
  for (const [index, table] of model.tables.entries()) {
    const pointer = `/tables/${index}`;
    if (tables.has(table.name)) {
      problems.push({ pointer, message: `Two tables are called "${table.name}".` });
    }
    if (!isName(table.name) || isName(table.from) === (table.sql !== undefined)) {
      problems.push({ pointer, message: 'A table needs a name, and either from or sql.' });
    } else if (table.sql !== undefined) {
      const messages = sqlProblems(table);
      problems.push(...messages.map((message) => ({ pointer: `${pointer}/sql`, message })));
    } else if (table.parameters !== undefined) {
      problems.push({ pointer: `${pointer}/parameters`, message: 'Only sql has parameters.' });
    }
    tables.add(table.name);
    readColumns(table, pointer, fields, problems);
  }
  const relations = readRelations(model, fields, problems);
  return { problems, fields, relations };
}

function readColumns(
  table: ModelTable,
  pointer: string,
  fields: Map<string, Field>,
  problems: ModelProblem[],
): void {
  for (const [index, column] of table.columns.entries()) {
    const place = `${pointer}/columns/${index}`;
    if (!isName(column.name) || !isName(physicalColumn(column).name)) {
      problems.push({ pointer: place, message: 'A column needs a name.' });
    }
    const dim = `[${table.name}.${column.name}]`;
    const calendar = `[${table.name}.${column.name} (Calendar)]`;
    for (const spelling of column.type === 'datetime' ? [dim, calendar] : [dim]) {
      const other = fields.get(spelling);
      if (other !== undefined) {
        const message = `"${spelling}" names two columns: of "${other.table.name}" and of "${table.name}".`;
        problems.push({ pointer: place, message });
      } else {
        fields.set(spelling, { table, column, dim });
      }
    }
  }
}

function readRelations(
  model: Model,
  fields: ReadonlyMap<string, Field>,
  problems: ModelProblem[],
): readonly Relation[] {
  const relations: Relation[] = [];
  for (const [index, { from, to }] of model.relations.entries()) {
    const pointer = `/relations/${index}`;
    const many = fields.get(from);
    const one = fields.get(to);
    if (many === undefined || one === undefined) {
      const [end, dim] = many === undefined ? ['from', from] : ['to', to];
      problems.push({ pointer: `${pointer}/${end}`, message: `There is no column "${dim}".` });
    } else if (many.column.type !== one.column.type) {
      problems.push({ pointer, message: 'The two columns have different types.' });
    } else {
      const ways = waysBetween(many, one, relations);
      if (ways === undefined) relations.push(relationOf(many, one));
      else problems.push({ pointer, message: `There are two ways: ${ways} and ${from} → ${to}.` });
    }
  }
  return relations;
}

/** The way that is there already, as text, where a further relation would make a second one. */
function waysBetween(many: Field, one: Field, relations: readonly Relation[]): string | undefined {
  const start = many.table.name;
  const path = findPath(start, one.table.name, (table) => stepsFrom(table, relations));
  if (path === undefined) return undefined;
  return [start, ...path.map((step) => step.to)].map((name) => `"${name}"`).join(' – ');
}

function relationOf(many: Field, one: Field): Relation {
  return {
    many: { table: many.table.name, column: physicalColumn(many.column) },
    one: { table: one.table.name, column: physicalColumn(one.column) },
  };
}

function isName(name: unknown): boolean {
  return typeof name === 'string' && name.length > 0 && !name.includes('\0');
}
