import { blankDetector, type FindingCollector, type Path } from '@vitrine/claims';
import { memberValue } from '@vitrine/jaql';
import { Problem } from '@vitrine/token-service';
import type { DataCheckContext } from './check-data.ts';
import type { RuleTarget } from './check-rules.ts';
import { type Asking, firstMembers, memberLimits, membersAmong } from './members-in-data.ts';
import { hintFor } from './report-unknown.ts';

interface Member {
  readonly value: string | number;
  readonly path: Path;
}

/** A column, with the members of all rules on it. */
interface RuledColumn {
  readonly target: RuleTarget;
  readonly members: readonly Member[];
}

/** Reports members that are not in the data; what is beyond `memberLimits` is reported as unchecked. */
export async function checkMembers(
  targets: readonly RuleTarget[],
  context: DataCheckContext,
  findings: FindingCollector,
): Promise<void> {
  const asking = { ...context, signal: AbortSignal.timeout(memberLimits.deadlineMs) };
  for (const [index, column] of ruledColumns(targets).entries()) {
    const asked =
      index < memberLimits.columns ? column.members.slice(0, memberLimits.perColumn) : [];
    const isAsked = await report(column.target, asked, asking, findings);
    reportUnchecked(isAsked ? column.members.slice(asked.length) : column.members, findings);
  }
}

function ruledColumns(targets: readonly RuleTarget[]): RuledColumn[] {
  const columns = new Map<unknown, { target: RuleTarget; members: Member[] }>();
  for (const target of targets) {
    const { rule, path, column } = target;
    if (rule.allMembers === true) continue;
    const known = columns.get(column) ?? { target, members: [] };
    columns.set(column, known);
    for (const [index, value] of (rule.members ?? []).entries()) {
      known.members.push({ value, path: [...path, 'members', index] });
    }
  }
  return [...columns.values()].filter(({ members }) => members.length > 0);
}

/** False where the data source did not answer. */
async function report(
  target: RuleTarget,
  members: readonly Member[],
  asking: Asking,
  findings: FindingCollector,
): Promise<boolean> {
  const keyOf = (value: unknown) => memberKey(value, target);
  const values = members.map(({ value }) => value).filter((value) => keyOf(value) !== undefined);
  try {
    const found = values.length === 0 ? [] : await membersAmong(values, target, asking);
    const keys = new Set(found.map(keyOf));
    const unknown = members.filter(({ value }) => {
      const key = keyOf(value);
      return key === undefined || !keys.has(key);
    });
    const isText = target.column.type === 'text';
    const known = isText && unknown.length > 0 ? await firstMembers(target, asking) : [];
    const meantBy = blankDetector(known.filter((cell) => typeof cell === 'string'));
    for (const { value, path } of unknown) {
      const meant = typeof value === 'string' ? meantBy(value) : undefined;
      if (meant === undefined) findings.add('rule_member_unknown', path);
      else findings.add('blanks_differ', path, hintFor(meant));
    }
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

/** One spelling of a value, as queries compare it; undefined for what is no value of the column. */
function memberKey(raw: unknown, { column }: RuleTarget): string | undefined {
  const value = memberValue(raw, column.type);
  // Answers have no fractions of a second.
  return value && String(value.value).replace(/^(\d{4}-.*:\d\d)\.\d+$/, '$1');
}

function reportUnchecked(members: readonly Member[], findings: FindingCollector): void {
  const reported = new Set<unknown>();
  for (const { path } of members) {
    const [, , rule] = path;
    if (reported.has(rule)) continue;
    reported.add(rule);
    findings.add('rule_members_unchecked', path.slice(0, -1));
  }
}
