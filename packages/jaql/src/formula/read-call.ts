import type { Formula } from './formula.ts';
import { type FunctionKind, functions } from './functions.ts';
import { scalarTerm, sizeOf } from './make-term.ts';
import { readAggregation } from './read-aggregation.ts';
import { readPast, readToDate } from './read-time.ts';
import { readContribution, readRank, readRunning } from './read-window.ts';
import type { DateUnit, Term } from './term.ts';
import { caseTerm, checkTypes, levelOf, type TermReading } from './term-reading.ts';

type Call = Extract<Formula, { kind: 'call' }>;

const mostDigits = 15;

/** Reads a call of a function. Codes `formula_function`, `formula_arguments`, `formula_type`. */
export function readCall(call: Call, reading: TermReading): Term {
  const kind = functions.get(call.name);
  if (kind === undefined) {
    const message = 'There is no such function.';
    const known = functions.keys();
    throw reading.refusal.unknown('formula_function', message, call, call.name, known);
  }
  switch (kind.kind) {
    case 'aggregation':
      return readAggregation(call, kind, reading);
    case 'scalar':
      return readScalar(call, kind, reading);
    case 'difference':
      return readDifference(call, kind.unit, reading);
    case 'if':
      return readIf(call, reading);
    case 'isnull': {
      const [of] = readParts(call, 1, 1, reading);
      return scalarTerm('isnull', [of], 'boolean', of.level);
    }
    case 'rank':
      return readRank(call, reading);
    case 'contribution':
      return readContribution(call, reading);
    case 'running':
      return readRunning(call, kind.aggregation, reading);
    case 'past':
      return readPast(call, kind, reading);
    case 'toDate':
      return readToDate(call, kind, reading);
    case 'coordinate': {
      const message = 'This stands behind a measure: (measure, ALL([field])).';
      throw reading.refusal.at('formula_arguments', message, call);
    }
  }
}

function readParts(
  call: Call,
  least: number,
  most: number,
  reading: TermReading,
): [Term, ...Term[]] {
  const [first, ...rest] = call.of.map((part) => reading.read(part));
  if (first !== undefined && call.of.length >= least && call.of.length <= most) {
    return [first, ...rest];
  }
  throw reading.refusal.at('formula_arguments', 'The function takes other arguments.', call);
}

function readScalar(
  call: Call,
  kind: Extract<FunctionKind, { kind: 'scalar' }>,
  reading: TermReading,
): Term {
  const parts = readParts(call, kind.of.length - (kind.optional ?? 0), kind.of.length, reading);
  checkTypes(parts, 'numeric', call, reading);
  if (kind.function === 'round') refuseDigits(call.of[1], reading);
  return scalarTerm(kind.function, parts, 'numeric', levelOf(parts, call, reading));
}

/** Engines round alike to digits that a double has. Code `formula_arguments`. */
function refuseDigits(digits: Formula | undefined, { refusal }: TermReading): void {
  const number = digits?.kind === 'unary' ? digits.of : digits;
  if (number === undefined) return;
  const isWhole = number.kind === 'number' && Number.isInteger(number.value);
  if (isWhole && number.value <= mostDigits) return;
  throw refusal.at('formula_arguments', 'A whole number of digits is expected.', number);
}

function readDifference(call: Call, unit: DateUnit, reading: TermReading): Term {
  const parts = readParts(call, 2, 2, reading);
  checkTypes(parts, 'datetime', call, reading);
  const [end, start = end] = parts;
  const level = levelOf(parts, call, reading);
  return { kind: 'difference', unit, end, start, type: 'numeric', level, ...sizeOf(parts) };
}

function readIf(call: Call, reading: TermReading): Term {
  const [when, gives, otherwise] = readParts(call, 2, 3, reading);
  if (gives === undefined) throw new TypeError('A condition has a result.');
  return caseTerm([{ when, gives }], otherwise, call, reading);
}
