import type { FindingCollector, JaqlItem, Path } from '@vitrine/claims';
import { filterFault, type ItemFault } from '../content/check-items.ts';
import type { Content, ContentModel } from '../content/content.ts';
import { hasField } from '../data/field-of.ts';
import { reportUnknown } from './report-unknown.ts';
import type { TokenReach } from './token-reach.ts';

/** Reports filters of `flt` on columns that do not exist, and those that cannot be applied. */
export function checkFilters(
  filters: readonly JaqlItem[],
  { sources }: TokenReach,
  { models }: Content,
  findings: FindingCollector,
): void {
  const reached = [...sources].flatMap((title) => models.get(title) ?? []);
  // A token without dashboards is held against everything there is.
  const asked = reached.length > 0 ? reached : [...models.values()];
  for (const [index, item] of filters.entries()) {
    checkFilter(item, ['grants', 'flt', index], asked, findings);
  }
}

function checkFilter(
  item: JaqlItem,
  path: Path,
  models: readonly ContentModel[],
  findings: FindingCollector,
): void {
  const owners = models.filter((model) => hasField(model, item.jaql));
  const [model] = owners.length > 0 ? owners : isNamed(item) ? [] : models;
  if (!model) {
    reportField(item, [...path, 'jaql'], models, findings);
    return;
  }
  const faults = (owners.length > 0 ? owners : [model]).map((owner) => filterFault(item, owner));
  const [fault] = faults;
  if (fault && faults.every(Boolean)) {
    findings.add('filter_refused', [...path, ...partsOf(fault)], fault.reason);
  }
}

/** Whether the filter says at all which column it is on. */
function isNamed({ jaql: { dim, table, column } }: JaqlItem): boolean {
  return typeof dim === 'string' || (typeof table === 'string' && typeof column === 'string');
}

function reportField(
  { jaql: { dim, table = '', column = '' } }: JaqlItem,
  path: Path,
  models: readonly ContentModel[],
  findings: FindingCollector,
): void {
  const code = 'filter_field_unknown';
  const tables = models.flatMap((model) => model.tables);
  if (typeof dim === 'string') {
    reportUnknown(dim, tables.flatMap(dimsOf), { code, path: [...path, 'dim'] }, findings);
    return;
  }
  const ofTable = tables.filter(({ name }) => name === table);
  if (ofTable.length === 0) {
    const names = tables.map(({ name }) => name);
    reportUnknown(table, names, { code, path: [...path, 'table'] }, findings);
    return;
  }
  const names = ofTable.flatMap(({ columns }) => columns.map(({ name }) => name));
  reportUnknown(column, names, { code, path: [...path, 'column'] }, findings);
}

function dimsOf({ name, columns }: ContentModel['tables'][number]): string[] {
  return columns.flatMap((column) => {
    const dim = `${name}.${column.name}`;
    return column.type === 'datetime' ? [`[${dim}]`, `[${dim} (Calendar)]`] : [`[${dim}]`];
  });
}

function partsOf({ pointer }: ItemFault): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}
