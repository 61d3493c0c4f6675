import type { AclRule } from './claims.ts';
import type { FindingCollector, Path } from './finding-collector.ts';

const numberPattern = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
const datePattern = /^\d{4}-\d{2}(-\d{2}(T[\d:.]{2,15}(Z|[+-]\d{2}:?\d{2})?)?)?$|^\d{4}$/;

/** Reports rules that do something else than they seem to (TOK-9, TOK-10). */
export function checkRules(
  rules: readonly AclRule[],
  { allowErasedAcl }: { allowErasedAcl: boolean },
  findings: FindingCollector,
): void {
  if (rules.length === 0) {
    const isRefused = findings.profile === 'strict' && !allowErasedAcl;
    findings.add(isRefused ? 'acl_erasure_refused' : 'acl_erased', ['grants', 'acl']);
  }
  for (const [index, rule] of rules.entries()) {
    checkRule(rule, ['grants', 'acl', index], findings);
  }
}

function checkRule(rule: AclRule, path: Path, findings: FindingCollector) {
  const members = rule.members ?? [];
  if (rule.allMembers === true) {
    if (members.length > 0) findings.add('rule_members_ignored', path);
  } else if (members.length === 0) {
    const code = rule.exclusionary === true ? 'rule_excludes_nothing' : 'rule_lets_nothing_through';
    findings.add(code, path);
  }
  for (const [index, member] of members.entries()) {
    const code = memberFlaw(member, rule);
    if (code !== undefined) findings.add(code, [...path, 'members', index]);
  }
}

function memberFlaw(member: string | number, rule: AclRule) {
  if (isUnsafe(member)) return 'rule_member_unsafe';
  return fits(member, rule) ? undefined : 'rule_member_type';
}

/** Beyond 2^53 a number may already be another one than its author wrote. */
function isUnsafe(member: string | number): boolean {
  return Number.isInteger(member) && !Number.isSafeInteger(member);
}

function fits(member: string | number, { datatype }: AclRule): boolean {
  if (datatype === undefined || datatype === 'text') return true;
  if (datatype === 'numeric') return typeof member === 'number' || numberPattern.test(member);
  return typeof member === 'string' && datePattern.test(member);
}
