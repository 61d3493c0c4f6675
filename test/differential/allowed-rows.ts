/**
 * The oracle: which rows data security allows, worked out row by row from the decisions of the security rules, and sharing
 * nothing with the compiler.
 *
 * - Several rules on one column: inclusive ones ORed, exclusionary ones ANDed, both ANDed. No value never passes an inclusive
 *   rule, and passes an exclusionary one. No members let nothing through an inclusive rule, and everything through the other.
 * - A row belongs to what is allowed where one chain of rows can be found that begins with it, follows the relations to every
 *   table with a rule, and in which each row passes the rules on its table.
 */
import type { AclRule } from '@vitrine/claims';
import { type Row, relations, type Star, type TableName, tableNames } from './star-schema.ts';

/** Places of the allowed rows of each table. */
export function allowedPlaces(star: Star, rules: readonly AclRule[]): Map<TableName, Set<number>> {
  const restricting = rules.filter((rule) => !passesAll(rule.table as TableName, rules));
  const ruled = new Set(restricting.map((rule) => rule.table as TableName));
  const allowed = (table: TableName, row: Row, from: TableName | undefined): boolean =>
    passes(table, row, rules) &&
    neighboursOf(table)
      .filter(({ to }) => to !== from && leadsTo(to, ruled, table))
      .every(({ to, isPartner }) =>
        star[to].some((other) => isPartner(row, other) && allowed(to, other, table)),
      );
  return new Map(
    tableNames.map((table) => [
      table,
      new Set(
        star[table].filter((row) => allowed(table, row, undefined)).map(({ place }) => place),
      ),
    ]),
  );
}

interface Neighbour {
  readonly to: TableName;
  isPartner(row: Row, other: Row): boolean;
}

function neighboursOf(table: TableName): readonly Neighbour[] {
  return relations.flatMap(({ many, key, one }): Neighbour[] => {
    if (many === table) {
      return [{ to: one, isPartner: (row, other) => row.keys[key] === other.id }];
    }
    return one === table
      ? [{ to: many, isPartner: (row, other) => other.keys[key] === row.id }]
      : [];
  });
}

/** Whether a table with a rule lies this way. */
function leadsTo(table: TableName, ruled: ReadonlySet<TableName>, from: TableName): boolean {
  return (
    ruled.has(table) ||
    neighboursOf(table).some(({ to }) => to !== from && leadsTo(to, ruled, table))
  );
}

function passes(table: TableName, row: Row, rules: readonly AclRule[]): boolean {
  const ofTable = rules.filter((rule) => rule.table === table);
  return [...new Set(ofTable.map(({ column }) => column))].every((column) => {
    const ofColumn = ofTable.filter((rule) => rule.column === column);
    const inclusive = ofColumn.filter(({ exclusionary }) => exclusionary !== true);
    const exclusionary = ofColumn.filter((rule) => rule.exclusionary === true);
    const value = cellOf(row, column);
    return (
      (inclusive.length === 0 || inclusive.some((rule) => includes(rule, value))) &&
      exclusionary.every((rule) => value === null || !holds(rule, value))
    );
  });
}

/** Rules that let every row through need no partner on the other side of a relation. */
function passesAll(table: TableName, rules: readonly AclRule[]): boolean {
  const ofTable = rules.filter((rule) => rule.table === table);
  return [...new Set(ofTable.map(({ column }) => column))].every((column) => {
    const ofColumn = ofTable.filter((rule) => rule.column === column);
    const inclusive = ofColumn.filter(({ exclusionary }) => exclusionary !== true);
    return (
      (inclusive.length === 0 || inclusive.some(({ allMembers }) => allMembers === true)) &&
      ofColumn
        .filter(({ exclusionary }) => exclusionary === true)
        .every(({ members }) => members?.length === 0)
    );
  });
}

function includes(rule: AclRule, value: string | number | null): boolean {
  return rule.allMembers === true || (value !== null && holds(rule, value));
}

function holds({ members }: AclRule, value: string | number): boolean {
  return (members ?? []).includes(value);
}

function cellOf(row: Row, column: string): string | number | null {
  switch (column) {
    case 'word':
      return row.word;
    case 'size':
      return row.size;
    case 'price':
      return row.price;
    case 'day':
      return row.day;
    case 'id':
      return row.id;
    default:
      return row.keys[column] ?? null;
  }
}
