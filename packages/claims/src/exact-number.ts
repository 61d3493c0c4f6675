/**
 * Whether a JSON number means the same after it went through a double: the decimal value written equals the
 * shortest decimal of the double it is read as. `1.50` and `1e2` pass; `9007199254740993`, `1e400` and `-0` do not.
 */
export function isExactNumber(text: string): boolean {
  const value = Number(text);
  if (!Number.isFinite(value)) return false;
  const written = String(value);
  return written === text || sameDecimal(text, written);
}

function sameDecimal(one: string, other: string): boolean {
  const a = decimalOf(one);
  const b = decimalOf(other);
  return a.negative === b.negative && a.digits === b.digits && a.exponent === b.exponent;
}

/** Significant digits without zeros at either end, and the power of ten of the last of them. */
function decimalOf(text: string): { negative: boolean; digits: string; exponent: number } {
  const negative = text.startsWith('-');
  const [mantissa = '', power = '0'] = text.slice(negative ? 1 : 0).split(/[eE]/, 2);
  const dot = mantissa.indexOf('.');
  const all = dot < 0 ? mantissa : mantissa.slice(0, dot) + mantissa.slice(dot + 1);
  let start = 0;
  let end = all.length;
  while (end > 0 && all[end - 1] === '0') end--;
  while (start < end && all[start] === '0') start++;
  if (start === end) return { negative, digits: '', exponent: 0 };
  const fraction = dot < 0 ? 0 : mantissa.length - dot - 1;
  return {
    negative,
    digits: all.slice(start, end),
    exponent: Number(power) - fraction + all.length - end,
  };
}
