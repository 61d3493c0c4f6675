import type { CellValue } from '@vitrine/charts';

export const textOperators = [
  'contains',
  'doesntContain',
  'startsWith',
  'doesntStartWith',
  'endsWith',
  'doesntEndWith',
  'like',
] as const;
export type TextOperator = (typeof textOperators)[number];

/** A JAQL filter as the panel shows it. `other` is one it can name but not edit. */
export type FilterCondition =
  | { readonly kind: 'all' }
  | {
      readonly kind: 'members';
      readonly members: readonly CellValue[];
      readonly excluded: boolean;
      readonly single: boolean;
    }
  | { readonly kind: 'range'; readonly from?: Bound; readonly to?: Bound }
  | { readonly kind: 'dates'; readonly from?: string; readonly to?: string }
  | { readonly kind: 'text'; readonly operator: TextOperator; readonly value: string }
  | RelativeCondition
  | { readonly kind: 'not'; readonly of: FilterCondition }
  | { readonly kind: 'ranking'; readonly direction: 'top' | 'bottom'; readonly count: number }
  | { readonly kind: 'other' };

/** Periods of the item's level before or after the one that holds now or the anchor; `offset` of them are passed over. */
export interface RelativeCondition {
  readonly kind: 'relative';
  readonly direction: 'last' | 'next';
  readonly count: number;
  readonly offset: number;
  readonly anchor?: string;
}

/** One end of a number range; `open` leaves the value itself out. */
export interface Bound {
  readonly value: number;
  readonly open: boolean;
}

type Filter = Readonly<Record<string, unknown>>;

/** Tells what kind a filter is; conditions it does not know are `other`, never `all`. */
export function readCondition(filter: Filter | undefined): FilterCondition {
  if (!filter || Object.keys(filter).length === 0 || filter.all === true) return { kind: 'all' };
  if (isFilter(filter.exclude)) {
    const inner = readCondition(filter.exclude);
    if (inner.kind === 'members') return { ...inner, excluded: true };
    return inner.kind === 'all' || inner.kind === 'other'
      ? { kind: 'other' }
      : { kind: 'not', of: inner };
  }
  return (
    membersCondition(filter) ??
    rankedCondition(filter) ??
    textCondition(filter) ??
    rangeCondition(filter) ?? { kind: 'other' }
  );
}

/** The filter that `readCondition` reads back; `other` has none. */
export function writeCondition(condition: FilterCondition): Filter | undefined {
  switch (condition.kind) {
    case 'all':
      return { all: true };
    case 'members': {
      if (condition.members.length === 0) return { all: true };
      const members = { members: condition.members };
      const single = condition.single ? { multiSelection: false } : {};
      return condition.excluded ? { exclude: members } : { ...members, ...single };
    }
    case 'range': {
      const { from, to } = condition;
      if (!from && !to) return { all: true };
      return {
        ...(from ? { [from.open ? 'fromNotEqual' : 'from']: from.value } : {}),
        ...(to ? { [to.open ? 'toNotEqual' : 'to']: to.value } : {}),
      };
    }
    case 'dates':
      if (!condition.from && !condition.to) return { all: true };
      return {
        ...(condition.from ? { from: condition.from } : {}),
        ...(condition.to ? { to: condition.to } : {}),
      };
    case 'text':
      return { [condition.operator]: condition.value };
    case 'relative': {
      const { direction, count, offset, anchor } = condition;
      return { [direction]: { count, offset, ...(anchor ? { anchor } : {}) } };
    }
    case 'not':
    case 'ranking':
    case 'other':
      return undefined;
  }
}

function membersCondition(filter: Filter): FilterCondition | undefined {
  const single = filter.multiSelection === false;
  if (Array.isArray(filter.members)) {
    const members = filter.members.filter(isCellValue);
    return members.length === 0
      ? { kind: 'all' }
      : { kind: 'members', members, excluded: false, single };
  }
  for (const [name, excluded] of [
    ['equals', false],
    ['doesntEqual', true],
    ['=', false],
  ] as const) {
    const value = filter[name];
    if (isCellValue(value)) return { kind: 'members', members: [value], excluded, single };
  }
  return undefined;
}

function rankedCondition(filter: Filter): FilterCondition | undefined {
  for (const direction of ['last', 'next'] as const) {
    const period = filter[direction];
    if (!isFilter(period)) continue;
    const { count, offset = 0, anchor = filter.anchor } = period;
    if (!isPeriods(count) || !isPeriods(offset)) return { kind: 'other' };
    const isAnchored = typeof anchor === 'string';
    return { kind: 'relative', direction, count, offset, ...(isAnchored ? { anchor } : {}) };
  }
  for (const direction of ['top', 'bottom'] as const) {
    const count = filter[direction];
    if (typeof count === 'number') return { kind: 'ranking', direction, count };
  }
  return undefined;
}

function textCondition(filter: Filter): FilterCondition | undefined {
  const found = textOperators.find((operator) => typeof filter[operator] === 'string');
  return found ? { kind: 'text', operator: found, value: String(filter[found]) } : undefined;
}

const boundNames = {
  from: ['from', false],
  fromNotEqual: ['from', true],
  to: ['to', false],
  toNotEqual: ['to', true],
  '>=': ['from', false],
  '>': ['from', true],
  '<=': ['to', false],
  '<': ['to', true],
} as const;

function rangeCondition(filter: Filter): FilterCondition | undefined {
  const numbers: { from?: Bound; to?: Bound } = {};
  const dates: { from?: string; to?: string } = {};
  for (const [name, [end, open]] of Object.entries(boundNames)) {
    const value = filter[name];
    if (typeof value === 'number') numbers[end] = { value, open };
    else if (typeof value === 'string' && !open) dates[end] = value;
  }
  if (numbers.from || numbers.to) return { kind: 'range', ...numbers };
  if (dates.from || dates.to) return { kind: 'dates', ...dates };
  return undefined;
}

function isFilter(value: unknown): value is Filter {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCellValue(value: unknown): value is CellValue {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** As many as the service takes. */
function isPeriods(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(Number(value)) <= 10_000;
}
