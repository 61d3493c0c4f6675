import { formatPeriods, formatValue, type ViewItem } from '@vitrine/charts';

type Filter = Readonly<Record<string, unknown>>;

const maxMembers = 5;
/**
 * A dashboard filter in signs and the data's own words, so that it needs no translation: `Size: Large, Small`, `Date: ≥ 5 May 2001`,
 * `Type ≠ Gull`. Undefined where it restricts nothing or is switched off; a kind this does not know reads `Title: …`.
 */
export function describeFilter(item: ViewItem, locale: string): string | undefined {
  const filter = item.jaql.filter;
  if (item.disabled || filter === undefined || isOpen(filter)) return undefined;
  const title = item.jaql.title ?? item.jaql.dim ?? '';
  const excluded = filter.exclude;
  if (isFilter(excluded)) return `${title} ≠ ${describe(excluded, item, locale)}`;
  return `${title}: ${describe(filter, item, locale)}`;
}

function isOpen(filter: Filter): boolean {
  const { members } = filter;
  const isEmptyList = Array.isArray(members) && members.length === 0;
  return filter.all === true || isEmptyList || Object.keys(filter).length === 0;
}

function describe(filter: Filter, item: ViewItem, locale: string): string {
  const write = (value: unknown) => valueText(value, item, locale);
  const { members } = filter;
  if (Array.isArray(members)) {
    const more = members.length > maxMembers ? ` +${members.length - maxMembers}` : '';
    return members.slice(0, maxMembers).map(write).join(', ') + more;
  }
  const parts = ['last', 'next'].flatMap((way) => {
    const span = filter[way];
    return isFilter(span) ? [relativeText(way, span, item, locale)] : [];
  });
  parts.push(...rangeTexts(filter, write), ...textTests(filter, write));
  for (const rank of ['top', 'bottom']) {
    if (typeof filter[rank] === 'number')
      parts.push(`${rank === 'top' ? '↑' : '↓'} ${write(filter[rank])}`);
  }
  return parts.length === 0 ? '…' : parts.join(' · ');
}

function rangeTexts(filter: Filter, write: (value: unknown) => string): string[] {
  const { from, to } = filter;
  if (from != null && to != null) return [`${write(from)} – ${write(to)}`];
  const signs = [
    ['from', '≥'],
    ['to', '≤'],
    ['fromNotEqual', '>'],
    ['toNotEqual', '<'],
    ['equals', '='],
    ['doesntEqual', '≠'],
  ] as const;
  return signs.flatMap(([key, sign]) =>
    filter[key] == null ? [] : [`${sign} ${write(filter[key])}`],
  );
}

function textTests(filter: Filter, write: (value: unknown) => string): string[] {
  const shapes = [
    ['contains', '', '*', '*'],
    ['doesntContain', '≠ ', '*', '*'],
    ['startsWith', '', '', '*'],
    ['doesntStartWith', '≠ ', '', '*'],
    ['endsWith', '', '*', ''],
    ['doesntEndWith', '≠ ', '*', ''],
    ['like', '', '', ''],
  ] as const;
  return shapes.flatMap(([key, sign, before, after]) =>
    filter[key] == null ? [] : [`${sign}${before}${write(filter[key])}${after}`],
  );
}

function relativeText(way: string, span: Filter, item: ViewItem, locale: string): string {
  const { count, offset = 0, anchor = item.jaql.filter?.anchor } = span;
  if (!isPeriods(count) || !isPeriods(offset)) return '…';
  const first = way === 'last' ? 1 - offset - count : offset;
  return formatPeriods(
    {
      level: item.jaql.level ?? 'days',
      from: first,
      to: first + count - 1,
      anchor: typeof anchor === 'string' ? anchor : undefined,
    },
    { language: locale, locale },
  );
}

const isPeriods = (value: unknown): value is number =>
  Number.isInteger(value) && Math.abs(Number(value)) <= 10_000;

function valueText(value: unknown, { jaql, format }: ViewItem, locale: string): string {
  const isPlain =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  if (!isPlain) return '–';
  const datatype = typeof value === 'number' ? 'numeric' : (jaql.datatype ?? 'text');
  return formatValue(value, { datatype, level: jaql.level, format }, locale);
}

function isFilter(value: unknown): value is Filter {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
