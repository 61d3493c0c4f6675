import { numberFormat } from '../format/intl-cache.ts';

/** A difference in percent, with the way it goes and whether that is good. */
export interface IndicatorChange {
  /** `+12.4%`, in the locale. */
  readonly text: string;
  readonly direction: 'up' | 'down' | 'flat';
  /** Neutral unless the widget says which direction is good. */
  readonly tone: 'good' | 'bad' | 'neutral';
}

/** The difference of a value from another in percent of the other; undefined where there is none to take it from. */
export function changeOf(
  value: number | null,
  other: number | null,
  goodDirection: 'up' | 'down' | undefined,
  locale: string,
): IndicatorChange | undefined {
  if (value === null || other === null || other === 0) return undefined;
  const share = (value - other) / Math.abs(other);
  const rounded = Math.round(share * 1000);
  const direction = rounded === 0 ? 'flat' : rounded > 0 ? 'up' : 'down';
  const options = {
    style: 'percent',
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  } as const;
  const isJudged = goodDirection !== undefined && direction !== 'flat';
  return {
    text: numberFormat(locale, options).format(share),
    direction,
    tone: isJudged ? (direction === goodDirection ? 'good' : 'bad') : 'neutral',
  };
}
