import { type CellValue, formatPeriods, formatValue, type ViewItem } from '@vitrine/charts';
import type { Translate } from '../i18n/translate.ts';
import {
  type Bound,
  type FilterCondition,
  type RelativeCondition,
  readCondition,
} from './filter-condition.ts';

export interface DescribeContext {
  readonly t: Translate;
  readonly language: string;
  readonly locale: string;
  /** Members named before the rest is only counted; default 2. */
  readonly maxMembers?: number;
}

/** A filter in words, for a chip: `Delta, United +3`, `10 or more`. */
export function describeFilter(item: ViewItem, context: DescribeContext): string {
  return describeCondition(item, readCondition(item.jaql.filter), context);
}

function describeCondition(
  item: ViewItem,
  condition: FilterCondition,
  context: DescribeContext,
): string {
  const { t } = context;
  switch (condition.kind) {
    case 'all':
      return t('filter.all');
    case 'members':
      return describeMembers(item, condition, context);
    case 'range':
      return describeRange(item, condition, context);
    case 'dates': {
      const [from, to] = [condition.from, condition.to].map((date) =>
        date ? formatMember(item, date, context) : undefined,
      );
      if (from && to) return from === to ? from : t('filter.between', { from, to });
      return from ? t('filter.since', { value: from }) : t('filter.until', { value: to ?? '' });
    }
    case 'text':
      return t(`filter.${condition.operator}`, { value: condition.value });
    case 'relative':
      return describePeriods(item, condition, context);
    case 'not':
      return t('filter.not', { value: describeCondition(item, condition.of, context) });
    case 'ranking':
      return t(condition.direction === 'top' ? 'filter.top' : 'filter.bottom', {
        count: condition.count,
      });
    case 'other':
      return t('filter.custom');
  }
}

/** One member as people read it, in the session's locale. */
export function formatMember(
  item: ViewItem,
  value: CellValue,
  { t, locale }: Pick<DescribeContext, 't' | 'locale'>,
): string {
  if (value === null || value === '') return t('filter.empty');
  const { datatype = 'text', level } = item.jaql;
  // Years as numbers are names, not quantities: 2024, never 2,024.
  if (datatype === 'numeric' && !item.format) return String(value);
  return formatValue(value, { datatype, level, format: item.format }, locale);
}

function describeMembers(
  item: ViewItem,
  { members, excluded }: Extract<FilterCondition, { kind: 'members' }>,
  context: DescribeContext,
): string {
  const { t, maxMembers = 2 } = context;
  const named = members.slice(0, maxMembers).map((value) => formatMember(item, value, context));
  const values = named.join(', ');
  const rest = members.length - named.length;
  const text = rest > 0 ? t('filter.andMore', { values, count: rest }) : values;
  return excluded ? t('filter.not', { value: text }) : text;
}

function describeRange(
  item: ViewItem,
  { from, to }: Extract<FilterCondition, { kind: 'range' }>,
  { t, locale }: DescribeContext,
): string {
  const write = ({ value }: Bound) =>
    formatValue(value, { datatype: 'numeric', format: item.format }, locale);
  if (from && to) return t('filter.between', { from: write(from), to: write(to) });
  if (from) return t(from.open ? 'filter.moreThan' : 'filter.atLeast', { value: write(from) });
  if (to) return t(to.open ? 'filter.lessThan' : 'filter.atMost', { value: write(to) });
  return t('filter.all');
}

/** `last 3 months` where the present one is the last of them; else from when to when. */
function describePeriods(
  item: ViewItem,
  { direction, count, offset, anchor }: RelativeCondition,
  { t, language, locale }: DescribeContext,
): string {
  const { level = 'days' } = item.jaql;
  if (count > 1 && offset === 0 && !anchor) return t(`filter.${direction}.${level}`, { count });
  const first = direction === 'last' ? 1 - offset - count : offset;
  return formatPeriods({ level, from: first, to: first + count - 1, anchor }, { language, locale });
}
