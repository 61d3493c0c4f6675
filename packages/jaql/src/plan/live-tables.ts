import { memberValue } from '../filter/parse-members.ts';
import { JaqlError } from '../jaql-error.ts';
import { sqlParts } from '../model/live-sql.ts';
import type { Model } from '../model/model.ts';
import type { Relation } from './plan.ts';

/**
 * What each table of a model is read from, with the user's parameters inside. Code `parameter_missing`: a user who lacks one
 * of them, or has it with another type, cannot query the source at all.
 */
export function readRelations(
  { tables }: Model,
  values: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, Relation> {
  return new Map(
    tables.map((table): [string, Relation] => {
      if (table.from !== undefined) return [table.name, { kind: 'named', name: table.from }];
      const parts = sqlParts(table).map((part) => {
        if (typeof part === 'string') return part;
        const { parameter } = part;
        const type = table.parameters?.[parameter];
        const raw = Object.hasOwn(values, parameter) ? values[parameter] : undefined;
        const value = type === undefined ? undefined : memberValue(raw, type);
        if (value !== undefined) return value;
        throw new JaqlError('parameter_missing', 'The data source needs a parameter of the user.');
      });
      return [table.name, { kind: 'live', parts }];
    }),
  );
}
