import type { ScalarFunction } from '../formula/term.ts';

/** e to the power of more is more than a double holds; to the power of less it is nothing. */
const largestExponent = 709;

/**
 * A function of formulas. It gives NULL where there is no value (a division by zero, the root of a negative number), since engines
 * differ: one gives NaN, one an error that ends the query.
 */
export function writeScalar(name: ScalarFunction, of: readonly string[]): string {
  const [a = 'NULL', b = 'NULL'] = of;
  switch (name) {
    case '+':
    case '-':
    case '*':
    case '=':
    case '<>':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return `(${a} ${name} ${b})`;
    case '/':
      return `(${a} / NULLIF(${b}, 0))`;
    case 'and':
    case 'or':
      return `(${a} ${name.toUpperCase()} ${b})`;
    case 'not':
      return `(NOT ${a})`;
    case 'negate':
      return `(- ${a})`;
    case 'isnull':
      return `(${a} IS NULL)`;
    case 'abs':
    case 'floor':
      return `${name}(${a})`;
    case 'ceiling':
      return `ceil(${a})`;
    case 'round': {
      const unit = of.length < 2 ? '1' : `power(10, ${b})`;
      return `(sign(${a}) * floor(abs(${a}) * ${unit} + 0.5) / ${unit})`;
    }
    case 'mod': {
      const divisor = `NULLIF(${b}, 0)`;
      return `(${a} - ${divisor} * trunc(${a} / ${divisor}))`;
    }
    case 'sqrt':
      return `(CASE WHEN ${a} >= 0 THEN sqrt(${a}) END)`;
    case 'ln':
    case 'log10':
      return `${name}(NULLIF(GREATEST(${a}, 0), 0))`;
    case 'exp':
      return `(CASE WHEN ${a} < -${largestExponent} THEN 0 WHEN ${a} <= ${largestExponent} THEN exp(${a}) END)`;
    case 'power':
      return writePower(a, b);
  }
}

function writePower(base: string, exponent: string): string {
  const isWhole = `${exponent} = floor(${exponent})`;
  const size = `${exponent} * ln(NULLIF(abs(${base}), 0))`;
  return [
    `(CASE WHEN ${base} = 0 THEN CASE WHEN ${exponent} > 0 THEN 0 WHEN ${exponent} = 0 THEN 1 END`,
    `WHEN ${base} < 0 AND NOT (${isWhole}) THEN NULL`,
    `WHEN ${size} < -${largestExponent} THEN 0`,
    `WHEN ${size} <= ${largestExponent} THEN power(${base}, ${exponent}) END)`,
  ].join(' ');
}
