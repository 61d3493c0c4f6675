export type Level = 'years' | 'quarters' | 'months' | 'weeks' | 'days';

/** The first day of the period that a day is in. */
export function startOf(day: string, level: Level): string {
  const [year = '', month = ''] = day.split('-');
  if (level === 'years') return `${year}-01-01`;
  if (level === 'months') return `${year}-${month}-01`;
  if (level === 'quarters') {
    return `${year}-${String(Math.floor((Number(month) - 1) / 3) * 3 + 1).padStart(2, '0')}-01`;
  }
  const at = new Date(`${day.slice(0, 10)}T00:00:00Z`);
  const back = level === 'weeks' ? (at.getUTCDay() + 6) % 7 : 0;
  return isoDay(at.getTime() - back * 86_400_000);
}

function isoDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** A day moved, the last of the month where the month is shorter. */
export function move(day: string, level: Level, count: number): string {
  const at = new Date(`${day.slice(0, 10)}T00:00:00Z`);
  if (level === 'days' || level === 'weeks') {
    return isoDay(at.getTime() + count * (level === 'weeks' ? 7 : 1) * 86_400_000);
  }
  const months = { years: 12, quarters: 3, months: 1 }[level] * count;
  const last = new Date(
    Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months + 1, 0),
  ).getUTCDate();
  return isoDay(
    Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, Math.min(at.getUTCDate(), last)),
  );
}
