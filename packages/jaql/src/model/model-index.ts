import { JaqlError } from '../jaql-error.ts';
import { type CheckedModel, inspectModel } from './check-model.ts';
import type { Field } from './field.ts';
import type { Model } from './model.ts';
import { findPath, type Step, stepsFrom } from './path.ts';

/** A model prepared for look-ups; made once for each model object. */
export interface ModelIndex {
  readonly model: Model;
  fieldOfDim(dim: string): Field | undefined;
  fieldOf(table: string, column: string): Field | undefined;
  /** Relations of a table, as steps away from it. */
  stepsOf(table: string): readonly Step[];
  /** The one way between two tables, empty for the same table, or undefined where they are not related. */
  path(from: string, to: string): readonly Step[] | undefined;
}

const indexes = new WeakMap<Model, ModelIndex>();

/** The index of a model. Code `model_invalid` where `checkModel` reports a problem. */
export function modelIndex(model: Model): ModelIndex {
  const known = indexes.get(model);
  if (known !== undefined) return known;
  const { problems, fields, relations } = inspectModel(model);
  const [problem] = problems;
  if (problem !== undefined) {
    throw new JaqlError('model_invalid', 'The data model has problems.');
  }
  const index = buildIndex(model, fields, relations);
  indexes.set(model, index);
  return index;
}

function buildIndex(
  model: Model,
  fields: CheckedModel['fields'],
  relations: CheckedModel['relations'],
): ModelIndex {
  const steps = new Map(model.tables.map(({ name }) => [name, stepsFrom(name, relations)]));
  const paths = new Map<string, readonly Step[] | undefined>();
  const byNames = new Map(
    [...fields.values()].map((field) => [keyOf(field.table.name, field.column.name), field]),
  );
  const stepsOf = (table: string) => steps.get(table) ?? [];
  return {
    model,
    fieldOfDim: (dim) => fields.get(dim),
    fieldOf: (table, column) => byNames.get(keyOf(table, column)),
    stepsOf,
    path(from, to) {
      const key = keyOf(from, to);
      if (!paths.has(key)) paths.set(key, findPath(from, to, stepsOf));
      return paths.get(key);
    },
  };
}

function keyOf(first: string, second: string): string {
  return JSON.stringify([first, second]);
}
