import type { AclRule } from '@vitrine/claims';
import type { Filter } from '../filter/filter.ts';
import { ruleFilter } from '../filter/rule-filter.ts';
import { JaqlError } from '../jaql-error.ts';
import { type Field, type PhysicalColumn, physicalColumn } from '../model/field.ts';
import type { ModelIndex } from '../model/model-index.ts';

/** What data security leaves of one column. */
export interface ColumnRestriction {
  readonly column: PhysicalColumn;
  readonly filter: Filter;
}

/** The restrictions of each table that has any. */
export type RuleBook = ReadonlyMap<string, readonly ColumnRestriction[]>;

/** Rules as restrictions, by table. Code `rule_field_unknown`: a rule that cannot be applied refuses every query of its source. */
export function readRules(rules: readonly AclRule[], index: ModelIndex): RuleBook {
  const byField = new Map<Field, AclRule[]>();
  for (const [position, rule] of rules.entries()) {
    const field = index.fieldOf(rule.table, rule.column);
    if (field === undefined) {
      throw new JaqlError('rule_field_unknown', 'A data security rule cannot be applied.', {
        pointer: `/rules/${position}`,
      });
    }
    byField.set(field, [...(byField.get(field) ?? []), rule]);
  }
  const book = new Map<string, ColumnRestriction[]>();
  for (const [{ table, column }, ofField] of byField) {
    const filter = ruleFilter(ofField, column.type);
    if (filter.kind === 'all') continue;
    const restriction = { column: physicalColumn(column), filter };
    book.set(table.name, [...(book.get(table.name) ?? []), restriction]);
  }
  return book;
}
