import type { EngineCell } from './engine.ts';

/** An integer written in decimal: a number, or beyond 2^53 its text. */
export function integerCell(text: string): EngineCell {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : text;
}

/** A number written in decimal; NaN and Infinity are null. */
export function numberCell(text: string): EngineCell {
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}

/** A decimal of any precision: exact where it is whole, the nearest double otherwise. */
export function decimalCell(text: string): EngineCell {
  return /^-?\d+$/.test(text) ? integerCell(text) : numberCell(text);
}

const momentText = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}:\d{2}))?(?:\.\d+)?(?:Z|\+00)?$/;

/** A date or moment in UTC as `YYYY-MM-DDTHH:mm:ss`; null outside the years 1 to 9999. */
export function momentCell(text: string): EngineCell {
  const [, day, time = '00:00:00'] = momentText.exec(text) ?? [];
  return day === undefined ? null : `${day}T${time}`;
}
