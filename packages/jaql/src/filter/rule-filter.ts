import type { AclRule, Datatype } from '@vitrine/claims';
import { allOf, anyOf, complement, everything, type Filter, nothing } from './filter.ts';
import { memberValue } from './parse-members.ts';
import type { Value } from './value.ts';

/**
 * What the data security rules on one column let through (TOK-10): inclusive ones ORed, exclusionary ones ANDed, both ANDed.
 *
 * | rule | lets through |
 * |---|---|
 * | inclusive, members | rows with one of them; a member of the wrong type matches no row; NULL never |
 * | inclusive, `[]` or absent | nothing |
 * | `allMembers` | everything |
 * | exclusionary, members | every other row; NULL too, unless `null` is a member |
 * | exclusionary, `[]` | everything |
 * | exclusionary, absent members, `allMembers`, or a member of the wrong type | nothing |
 * | `datatype` that is not the column's, flags that are not true, false, null or absent | nothing |
 */
export function ruleFilter(rules: readonly AclRule[], datatype: Datatype): Filter {
  const exclusionary = rules.filter((rule) => rule.exclusionary === true);
  const inclusive = rules.filter((rule) => rule.exclusionary !== true);
  return allOf([
    inclusive.length === 0 ? everything : anyOf(inclusive.map((rule) => including(rule, datatype))),
    ...exclusionary.map((rule) => excluding(rule, datatype)),
    ...rules.map((rule) => (isWellFormed(rule, datatype) ? everything : nothing)),
  ]);
}

function including(rule: AclRule, datatype: Datatype): Filter {
  if (rule.allMembers === true) return everything;
  const values = valuesOf(rule, datatype).filter((value) => value !== undefined);
  return values.length === 0 ? nothing : { kind: 'members', values, withNull: false };
}

function excluding(rule: AclRule, datatype: Datatype): Filter {
  if (rule.allMembers === true || !Array.isArray(rule.members)) return nothing;
  const values: Value[] = [];
  for (const value of valuesOf(rule, datatype)) {
    if (value === undefined) return nothing;
    values.push(value);
  }
  const withNull = rule.members.includes(null);
  return values.length === 0 && !withNull
    ? everything
    : complement({ kind: 'members', values, withNull });
}

function valuesOf(rule: AclRule, datatype: Datatype): readonly (Value | undefined)[] {
  const members: readonly unknown[] = Array.isArray(rule.members) ? rule.members : [];
  return members.filter((member) => member !== null).map((member) => memberValue(member, datatype));
}

function isWellFormed(rule: AclRule, datatype: Datatype): boolean {
  const flags: readonly unknown[] = [rule.exclusionary, rule.allMembers];
  const isDatatype = rule.datatype === undefined || rule.datatype === datatype;
  return (
    isDatatype &&
    flags.every((flag) => flag === undefined || flag === null || flag === true || flag === false)
  );
}
