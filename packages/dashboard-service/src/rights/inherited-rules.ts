import type { AclRule } from '@vitrine/claims';
import type { Content, User } from '../content/content.ts';

/**
 * The rules of a user and of each of its groups, as one list that grants what every one of them grants.
 * Within one owner several inclusive rules on a column are ORed (TOK-10); between owners they are ANDed, so
 * that joining a group never shows more. Undefined where a group is unknown: then nothing may be shown.
 */
export function inheritedRules(user: User, content: Content): readonly AclRule[] | undefined {
  const owners: (readonly AclRule[])[] = [user.rules ?? []];
  for (const id of user.groups ?? []) {
    const group = content.groups.get(id);
    if (!group) return undefined;
    owners.push(group.rules ?? []);
  }
  return intersectOwners(owners);
}

/** Rules that let a row through only where the rules of every owner do. */
export function intersectOwners(owners: readonly (readonly AclRule[])[]): readonly AclRule[] {
  const columns = new Map<string, AclRule[][]>();
  const exclusionary: AclRule[] = [];
  for (const rules of owners) {
    exclusionary.push(...rules.filter((rule) => rule.exclusionary === true));
    const inclusive = Map.groupBy(
      rules.filter((rule) => rule.exclusionary !== true),
      keyOf,
    );
    for (const [key, ofColumn] of inclusive) {
      columns.set(key, [...(columns.get(key) ?? []), ofColumn]);
    }
  }
  return [...[...columns.values()].flatMap(intersectColumn), ...exclusionary];
}

function intersectColumn(owners: readonly (readonly AclRule[])[]): readonly AclRule[] {
  const [first, ...others] = owners;
  if (!first || others.length === 0) return first ?? [];
  const restricting = owners.filter(
    (rules) => !rules.some(({ allMembers }) => allMembers === true),
  );
  const [one, ...rest] = restricting;
  if (!one) return first;
  const remaining = rest.reduce<readonly (string | number)[]>((members, rules) => {
    const allowed = new Set(membersOf(rules).map(String));
    return members.filter((member) => allowed.has(String(member)));
  }, membersOf(one));
  return one.slice(0, 1).map((rule) => ({ ...rule, members: remaining, allMembers: false }));
}

function membersOf(rules: readonly AclRule[]): (string | number)[] {
  return rules.flatMap(({ members }) => members ?? []);
}

function keyOf({ dataSourceTitle, table, column }: AclRule): string {
  return JSON.stringify([dataSourceTitle, table, column]);
}
