/** `integer` holds decimal digits, so that ids beyond 2^53 stay exact; `timestamp` is `YYYY-MM-DDTHH:mm:ss[.ffffff]`, without a zone. */
export type Value =
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'integer'; readonly value: string }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'timestamp'; readonly value: string };

const integerText = /^-?[0-9]{1,19}$/;
const decimalText = /^-?[0-9]{1,20}(?:\.[0-9]{1,20})?(?:[eE][+-]?[0-9]{1,3})?$/;
const largestInteger = 2n ** 63n - 1n;
/** Up to here every decimal text has a double of its own. */
const exactDigits = 15;

/** A text value, or undefined where it is not a text that every engine can hold. */
export function textValue(raw: unknown): Value | undefined {
  if (typeof raw !== 'string' || raw.includes('\0') || !raw.isWellFormed()) return undefined;
  return { type: 'text', value: raw };
}

/** A number given as number or text, or undefined where comparing it would be inexact (`9007199254740993` as a number). */
export function numberValue(raw: unknown): Value | undefined {
  if (typeof raw === 'string') return numberOfText(raw);
  if (typeof raw !== 'number' || !Number.isFinite(raw)) return undefined;
  if (!Number.isInteger(raw)) return { type: 'number', value: raw };
  return Number.isSafeInteger(raw) ? { type: 'integer', value: String(raw) } : undefined;
}

function numberOfText(text: string): Value | undefined {
  if (integerText.test(text)) {
    const integer = BigInt(text);
    const fits = integer <= largestInteger && integer >= -largestInteger;
    return fits ? { type: 'integer', value: String(integer) } : undefined;
  }
  if (!decimalText.test(text)) return undefined;
  const digits = text
    .replace(/[eE].*/, '')
    .replace(/[^0-9]/g, '')
    .replace(/^0+/, '');
  return digits.length > exactDigits ? undefined : numberValue(Number(text));
}

const momentText = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?Z?)?$/;

/** A date or time without a zone (a closing `Z` is read over), or undefined where there is no such moment. */
export function momentValue(raw: unknown): Value | undefined {
  const parts = typeof raw === 'string' && raw.length <= 27 ? momentText.exec(raw) : null;
  if (parts === null) return undefined;
  const [, date = '', time = '00:00', seconds = '00', fraction] = parts;
  const moment = `${date}T${time}:${seconds}`;
  const parsed = new Date(`${moment}Z`);
  if (Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 19) !== moment) {
    return undefined;
  }
  if (date.startsWith('0000')) return undefined;
  return { type: 'timestamp', value: fraction === undefined ? moment : `${moment}.${fraction}` };
}
