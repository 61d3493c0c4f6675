import {
  type DashboardFilter,
  type FindingCollector,
  isCascadingFilter,
  type Jaql,
  levelsOf,
  type Path,
} from '@vitrine/claims';
import { filterFault, type ItemFault } from '../content/check-items.ts';
import type { Content, ContentModel } from '../content/content.ts';
import { hasField, hasFields } from '../data/field-of.ts';
import { reportUnknown } from './report-unknown.ts';
import type { TokenReach } from './token-reach.ts';

/** Reports filters of `flt` on columns that do not exist, and those that cannot be applied. */
export function checkFilters(
  filters: readonly DashboardFilter[],
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
  filter: DashboardFilter,
  path: Path,
  models: readonly ContentModel[],
  findings: FindingCollector,
): void {
  const owners = models.filter((model) => hasFields(model, filter));
  const fields = levelsOf(filter).map(({ jaql }) => jaql);
  const [model] = owners.length > 0 ? owners : fields.every(isNamed) ? [] : models;
  if (!model) {
    const place = fields.findIndex((jaql) => !models.some((one) => hasField(one, jaql)));
    const isCascading = isCascadingFilter(filter);
    // Levels of different data sources exist each by itself: the first is as good as any to report.
    const index = Math.max(place, 0);
    const at = isCascading ? [...path, 'levels', index] : [...path, 'jaql'];
    reportField(fields[index] ?? {}, at, models, findings);
    return;
  }
  const faults = (owners.length > 0 ? owners : [model]).map((owner) => filterFault(filter, owner));
  const [fault] = faults;
  if (fault && faults.every(Boolean)) {
    findings.add('filter_refused', [...path, ...partsOf(fault)], fault.reason);
  }
}

/** Whether the filter says at all which column it is on. */
function isNamed({ dim, table, column }: Jaql): boolean {
  return typeof dim === 'string' || (typeof table === 'string' && typeof column === 'string');
}

function reportField(
  { dim, table = '', column = '' }: Jaql,
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
