import {
  type Cell,
  type CellValue,
  formatValue,
  type QueryResult,
  type ViewItem,
  type Widget,
} from '@vitrine/charts';
import type { Fact } from './strike-facts.ts';

type Filter = Readonly<Record<string, unknown>>;

/** Just enough of a query engine to make the fixture's dashboards move: groups, sums, counts, members, ranges, highlight. */
export function answerQuery(
  facts: readonly Fact[],
  widget: Widget,
  filters: readonly ViewItem[],
  changes: readonly ViewItem[],
  locale: string,
): QueryResult {
  const items = widget.metadata;
  const category = items.find(({ panel }) => panel === 'category');
  const isHighlighting = ['bar', 'column', 'pie'].includes(widget.type);
  const highlight = isHighlighting
    ? changes.find(
        (change) => change.jaql.dim === category?.jaql.dim && change.jaql.filter?.members,
      )
    : undefined;
  const restricting = filters.filter((filter) => filter.jaql.dim !== highlight?.jaql.dim);
  const rows = facts.filter((fact) => restricting.every((filter) => passes(fact, filter)));

  const isMeasure = ({ jaql }: ViewItem) => jaql.agg !== undefined;
  const groups = new Map<string, Fact[]>();
  for (const fact of rows) {
    const key = JSON.stringify(
      items.filter((item) => !isMeasure(item)).map((item) => memberOf(fact, item)),
    );
    const group = groups.get(key);
    if (group) group.push(fact);
    else groups.set(key, [fact]);
  }
  const values = [...groups.values()].map((group) =>
    items.map((item): Cell => {
      const data = isMeasure(item) ? aggregate(group, item) : memberOf(group[0] ?? {}, item);
      const datatype = isMeasure(item) ? 'numeric' : (item.jaql.datatype ?? 'text');
      const text = formatValue(
        data,
        { datatype, level: item.jaql.level, format: item.format },
        locale,
      );
      const selected =
        highlight && highlight.jaql.dim === item.jaql.dim
          ? { selected: passes(group[0] ?? {}, highlight) }
          : {};
      return { data, text, ...selected };
    }),
  );
  const sorted = values.sort(orderOf(items));
  const top = items.map(({ jaql }) => jaql.filter?.top).find((count) => typeof count === 'number');
  const kept = typeof top === 'number' ? sorted.slice(0, top) : sorted;
  const metadata = items.map((item) => ({
    ...item,
    jaql: {
      ...item.jaql,
      datatype: isMeasure(item) ? ('numeric' as const) : (item.jaql.datatype ?? ('text' as const)),
    },
  }));
  return {
    headers: items.map(({ jaql }) => jaql.title ?? ''),
    values: kept,
    metadata,
    truncated: false,
  };
}

interface MembersBody {
  readonly dim: string;
  readonly level?: string;
  readonly term?: string;
  readonly filters?: readonly ViewItem[];
}

/** Members of a field, in order. */
export function membersOf(
  facts: readonly Fact[],
  { dim, level, term = '', filters = [] }: MembersBody,
): readonly CellValue[] {
  const left = facts.filter((fact) => filters.every((filter) => passes(fact, filter)));
  const item = { jaql: { dim, ...(level ? { level: level as 'years' } : {}) } };
  const members = [...new Set(left.map((fact) => memberOf(fact, item)))].sort();
  return members.filter((member) => String(member).toLowerCase().includes(term.toLowerCase()));
}

function memberOf(fact: Fact, { jaql }: ViewItem): CellValue {
  const value = fact[jaql.dim ?? ''] ?? null;
  if (!jaql.level || typeof value !== 'string') return value;
  const [year = '', month = ''] = value.split('-');
  if (jaql.level === 'years') return `${year}-01-01T00:00:00`;
  if (jaql.level === 'quarters') {
    return `${year}-${String(Math.floor((Number(month) - 1) / 3) * 3 + 1).padStart(2, '0')}-01T00:00:00`;
  }
  return jaql.level === 'months'
    ? `${year}-${month}-01T00:00:00`
    : `${value.slice(0, 10)}T00:00:00`;
}

function passes(fact: Fact, item: ViewItem): boolean {
  const value = memberOf(fact, item);
  return item.disabled === true || matches(value, item.jaql.filter ?? {});
}

function matches(value: CellValue, filter: Filter): boolean {
  if (Array.isArray(filter.members) && filter.members.length > 0)
    return filter.members.includes(value);
  if (typeof filter.exclude === 'object' && filter.exclude !== null)
    return !matches(value, filter.exclude as Filter);
  const comparable = typeof value === 'string' ? value.slice(0, 10) : (value ?? 0);
  if (filter.from !== undefined && filter.from !== null && comparable < (filter.from as string))
    return false;
  if (filter.to !== undefined && filter.to !== null && comparable > (filter.to as string))
    return false;
  return true;
}

function aggregate(group: readonly Fact[], { jaql }: ViewItem): number | null {
  const values = group.map((fact) => fact[jaql.dim ?? '']);
  if (jaql.agg === 'countduplicates') return values.length;
  if (jaql.agg === 'count') return new Set(values).size;
  const total = values.reduce<number>((sum, value) => sum + Number(value ?? 0), 0);
  return jaql.agg === 'avg' ? total / values.length : total;
}

function orderOf(items: readonly ViewItem[]) {
  const sorted = items.findIndex(({ jaql }) => jaql.sort !== undefined);
  const index = Math.max(sorted, 0);
  const sign = items[index]?.jaql.sort === 'desc' ? -1 : 1;
  return (one: readonly Cell[], other: readonly Cell[]) => {
    const [a, b] = [one[index]?.data ?? 0, other[index]?.data ?? 0];
    return sign * (a < b ? -1 : a > b ? 1 : 0);
  };
}
