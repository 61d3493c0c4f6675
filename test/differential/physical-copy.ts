/**
 * The oracle: tables that hold nothing but what the rules allow, made by plain SQL that shares no code with the compiler.
 * A row belongs into its copy where one chain of rows can be found that begins with it, follows the relations to every
 * table with a rule, and in which each row fulfils the rules on its table.
 */
import type { AclRule } from '@vitrine/claims';
import { literal, relations, type TableName, tableNames } from './star-schema.ts';

/** Statements that make the copies of all tables. */
export function copySql(rules: readonly AclRule[], from: string, to: string): string[] {
  const ruled = [...new Set(rules.filter(restricts).map((rule) => rule.table as TableName))];
  return tableNames.map((table) => {
    const chain = tablesBetween(table, ruled);
    const joined = [...chain].map((one) => `${from}${one} AS ${one}`).join(', ');
    const on = relations
      .filter(({ many, one }) => chain.has(many) && chain.has(one))
      .map(({ many, key, one }) => `${many}.${key} = ${one}.id`);
    const conditions = [...on, ...[...chain].flatMap((one) => conditionsOf(one, rules)), 'TRUE'];
    const rowids = `SELECT ${table}.rowid FROM ${joined} WHERE ${conditions.join(' AND ')}`;
    return `CREATE OR REPLACE TABLE ${to}${table} AS SELECT * FROM ${from}${table} WHERE rowid IN (${rowids})`;
  });
}

/** A rule that lets everything through asks for no partner. */
function restricts(rule: AclRule, _index: number, rules: readonly AclRule[]): boolean {
  const conditions = columnConditions(
    rules.filter((other) => other.table === rule.table && other.column === rule.column),
  );
  return conditions.length > 0;
}

function tablesBetween(start: TableName, targets: readonly TableName[]): Set<TableName> {
  const chain = new Set<TableName>([start]);
  for (const target of targets) for (const table of wayTo(start, target, [])) chain.add(table);
  return chain;
}

function wayTo(from: TableName, to: TableName, seen: readonly TableName[]): TableName[] {
  if (from === to) return [to];
  for (const { many, one } of relations) {
    const next = many === from ? one : one === from ? many : undefined;
    if (next === undefined || seen.includes(next)) continue;
    const rest = wayTo(next, to, [...seen, from]);
    if (rest.length > 0) return [from, ...rest];
  }
  return [];
}

function conditionsOf(table: TableName, rules: readonly AclRule[]): string[] {
  const ofTable = rules.filter((rule) => rule.table === table);
  const columns = [...new Set(ofTable.map((rule) => rule.column))];
  return columns.flatMap((column) =>
    columnConditions(ofTable.filter((rule) => rule.column === column)),
  );
}

function columnConditions(rules: readonly AclRule[]): string[] {
  const inclusive = rules.filter((rule) => rule.exclusionary !== true);
  const exclusionary = rules.filter((rule) => rule.exclusionary === true);
  const conditions = exclusionary
    .filter((rule) => membersOf(rule).length > 0)
    .map(
      (rule) =>
        `(${columnOf(rule)} IS NULL OR ${columnOf(rule)} NOT IN (${membersOf(rule).join(', ')}))`,
    );
  if (inclusive.length === 0 || inclusive.some((rule) => rule.allMembers === true))
    return conditions;
  const members = inclusive.flatMap(membersOf);
  const [first] = inclusive;
  if (members.length === 0 || first === undefined) return [...conditions, 'FALSE'];
  return [...conditions, `${columnOf(first)} IN (${members.join(', ')})`];
}

function columnOf(rule: AclRule): string {
  return `${rule.table}.${rule.column}`;
}

function membersOf(rule: AclRule): string[] {
  return (rule.members ?? []).map((member) => {
    if (rule.column === 'word') return literal(String(member));
    return rule.column === 'day' ? `TIMESTAMP '${member}'` : String(member);
  });
}
