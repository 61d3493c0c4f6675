import { formatDate, formatDateShort } from '../format/format-date.ts';
import { textWidth } from '../text/text-width.ts';
import type { DateLevel } from '../view-model.ts';

type Step = readonly [level: DateLevel, count: number];

const dayMs = 86_400_000;
const minutes: readonly Step[] = [1, 5, 15, 30].map((count) => ['minutes', count]);
const hours: readonly Step[] = [1, 3, 6, 12].map((count) => ['hours', count]);
const days: readonly Step[] = [
  ['days', 1],
  ['days', 2],
  ['weeks', 1],
];
const months: readonly Step[] = [
  ['months', 1],
  ['months', 3],
  ['months', 6],
];
const years: readonly Step[] = [1, 2, 5, 10, 20, 50, 100].map((count) => ['years', count]);

const stepsOf: Readonly<Record<DateLevel, readonly Step[]>> = {
  years,
  quarters: [['quarters', 1], ['quarters', 2], ...years],
  months: [...months, ...years],
  weeks: [['weeks', 1], ['weeks', 2], ...months, ...years],
  days: [...days, ...months, ...years],
  hours: [...hours, ...days, ...months, ...years],
  minutes: [...minutes, ...hours, ...days, ...months, ...years],
};

/**
 * Which periods get a label, and which: the finest round step of the calendar whose labels fit side by side.
 * Below the label stands the year (or the day, for times) where it begins.
 */
export function periodTicks(
  starts: readonly number[],
  level: DateLevel,
  options: { locale: string; widthPx: number; fontSizePx: number },
): ReadonlyMap<number, string> {
  const steps = stepsOf[level];
  for (const step of steps) {
    const ticks = ticksOf(starts, step, level, options.locale);
    if (step === steps.at(-1) || fit(ticks, starts.length, options)) return ticks;
  }
  return new Map();
}

function fit(
  ticks: ReadonlyMap<number, string>,
  length: number,
  { widthPx, fontSizePx }: { widthPx: number; fontSizePx: number },
): boolean {
  const places = [...ticks.keys()];
  const nearest = places.reduce(
    (least, place, index) =>
      index === 0 ? least : Math.min(least, place - (places[index - 1] ?? 0)),
    length,
  );
  const widest = Math.max(
    0,
    ...[...ticks.values()].flatMap((text) =>
      text.split('\n').map((line) => textWidth(line, fontSizePx)),
    ),
  );
  return (nearest / Math.max(1, length)) * widthPx >= widest + 12;
}

function ticksOf(
  starts: readonly number[],
  [unit, count]: Step,
  level: DateLevel,
  locale: string,
): Map<number, string> {
  const ticks = new Map<number, string>();
  let lastContext: string | undefined;
  starts.forEach((ms, index) => {
    const before = starts[index - 1];
    const begins =
      before === undefined
        ? isAligned(ms, unit, count) || (level === unit && count === 1)
        : bucket(before, unit, count) !== bucket(ms, unit, count);
    if (!begins) return;
    const context = contextOf(ms, unit, locale);
    ticks.set(
      index,
      context === '' || context === lastContext
        ? formatDateShort(ms, unit, locale)
        : `${formatDateShort(ms, unit, locale)}\n${context}`,
    );
    lastContext = context;
  });
  return ticks;
}

function contextOf(ms: number, unit: DateLevel, locale: string): string {
  if (unit === 'years') return '';
  const isTime = unit === 'hours' || unit === 'minutes';
  return isTime ? formatDateShort(ms, 'days', locale) : formatDate(ms, 'years', locale);
}

function bucket(ms: number, unit: DateLevel, count: number): number {
  const date = new Date(ms);
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth();
  if (unit === 'years') return Math.floor(date.getUTCFullYear() / count);
  if (unit === 'quarters') return Math.floor(month / 3 / count);
  if (unit === 'months') return Math.floor(month / count);
  // The epoch was a Thursday: weeks begin on Monday.
  if (unit === 'weeks') return Math.floor((ms / dayMs + 3) / 7 / count);
  if (unit === 'days') return Math.floor(ms / dayMs / count);
  return Math.floor(ms / (unit === 'hours' ? 3_600_000 : 60_000) / count);
}

function isAligned(ms: number, unit: DateLevel, count: number): boolean {
  return bucket(ms, unit, count) !== bucket(ms - 1, unit, count);
}
