import type { AclRule, FindingCollector, Path } from '@vitrine/claims';
import type { ModelColumn } from '@vitrine/jaql';
import type { Content, ContentModel } from '../content/content.ts';
import { reportUnknown } from './report-unknown.ts';
import type { TokenReach } from './token-reach.ts';

/** A rule whose column exists. */
export interface RuleTarget {
  readonly rule: AclRule;
  readonly path: Path;
  readonly model: ContentModel;
  readonly column: ModelColumn;
}

/** Reports rules on what does not exist or is not used, and data sources without a rule. Gives back the rules that have a column. */
export function checkRules(
  rules: readonly AclRule[],
  reach: TokenReach,
  content: Content,
  findings: FindingCollector,
): readonly RuleTarget[] {
  const targets: RuleTarget[] = [];
  for (const [index, rule] of rules.entries()) {
    const path = ['grants', 'acl', index];
    const model = content.models.get(rule.dataSourceTitle);
    if (!model) {
      const place = { code: 'source_unknown', path: [...path, 'dataSourceTitle'] } as const;
      reportUnknown(rule.dataSourceTitle, content.models.keys(), place, findings);
      continue;
    }
    if (reach.isKnown && !reach.sources.has(model.title)) findings.add('source_unused', path);
    const column = ruledColumn(rule, model, path, findings);
    if (column) targets.push({ rule, path, model, column });
  }
  // Without any rule the finding is acl_erased, of the level logic.
  if (rules.length > 0) checkCoverage(rules, reach, findings);
  return targets;
}

function ruledColumn(
  { table: tableName, column: columnName, datatype }: AclRule,
  model: ContentModel,
  path: Path,
  findings: FindingCollector,
): ModelColumn | undefined {
  const table = model.tables.find(({ name }) => name === tableName);
  if (!table) {
    const known = model.tables.map(({ name }) => name);
    const place = { code: 'column_unknown', path: [...path, 'table'] } as const;
    reportUnknown(tableName, known, place, findings);
    return undefined;
  }
  const column = table.columns.find(({ name }) => name === columnName);
  if (!column) {
    const known = table.columns.map(({ name }) => name);
    const place = { code: 'column_unknown', path: [...path, 'column'] } as const;
    reportUnknown(columnName, known, place, findings);
    return undefined;
  }
  if (datatype !== undefined && datatype !== column.type) {
    findings.add('rule_datatype_differs', [...path, 'datatype']);
  }
  return column;
}

function checkCoverage(
  rules: readonly AclRule[],
  { sources }: TokenReach,
  findings: FindingCollector,
): void {
  const named = new Set(rules.map(({ dataSourceTitle }) => dataSourceTitle));
  for (const title of sources) {
    if (named.has(title)) continue;
    const hint = `Add a rule for the data source ${JSON.stringify(title)}.`;
    findings.add('source_uncovered', ['grants', 'acl'], hint);
  }
}
