import type { Formula } from './formula.ts';
import type { FunctionKind } from './functions.ts';
import { aggregatedType, aggregateTerm, sizeOf } from './make-term.ts';
import type { Aggregating, Grouping, Term } from './term.ts';
import { itemOf, type TermReading } from './term-reading.ts';

type Call = Extract<Formula, { kind: 'call' }>;
type Aggregation = Extract<FunctionKind, { kind: 'aggregation' }>;

/** The largest place that LARGEST asks for: this many values are kept for each group. */
const farthestPosition = 10_000;

/**
 * Reads `AGG(of)`, `AGG([group], …, measure)`, either with the parameter that some take as the last argument. Codes
 * `formula_arguments`, `formula_type`, `formula_reference`.
 */
export function readAggregation(call: Call, kind: Aggregation, reading: TermReading): Term {
  const parts = kind.parameter === undefined ? call.of : call.of.slice(0, -1);
  const by: Aggregating = {
    aggregation: kind.aggregation,
    ...(kind.parameter === undefined ? {} : { parameter: readParameter(call, kind, reading) }),
  };
  const [last, ...before] = parts.toReversed();
  if (last === undefined) {
    throw reading.refusal.at('formula_arguments', 'The function takes other arguments.', call);
  }
  const of = reading.read(last);
  const isFit = kind.of === 'numeric' ? of.type === 'numeric' : of.type !== 'boolean';
  if (!isFit || of.type === 'null') {
    const message = 'Values of this type cannot be aggregated like this.';
    throw reading.refusal.at('formula_type', message, last);
  }
  if (before.length === 0) return simple(by, of, last, reading);
  const groups = before.toReversed().map((part) => readGrouping(part, reading));
  if (of.level !== 'measure') {
    const message = 'What is computed for each group has to be aggregated itself.';
    throw reading.refusal.at('formula_type', message, last);
  }
  return {
    kind: 'pass',
    by,
    groups,
    of,
    type: aggregatedType(by, of),
    level: 'measure',
    ...sizeOf([of]),
  };
}

function simple(by: Aggregating, of: Term, formula: Formula, { refusal }: TermReading): Term {
  if (of.level === 'row') {
    return aggregateTerm(by, of, { pointer: refusal.pointer, position: formula.at });
  }
  const message =
    of.level === 'measure'
      ? 'This is aggregated already; groups may stand before it: AVG([group], SUM([field])).'
      : 'A constant cannot be aggregated.';
  throw refusal.at('formula_type', message, formula);
}

/** A placeholder of a field that has no filter. Code `formula_reference`. */
export function readGrouping(formula: Formula, reading: TermReading): Grouping {
  const item = formula.kind === 'reference' ? itemOf(formula, reading) : undefined;
  if (item?.kind === 'field') return item.grouping;
  throw reading.refusal.at('formula_reference', 'A field is expected here.', formula);
}

function readParameter(call: Call, kind: Aggregation, { refusal }: TermReading): number {
  const written = call.of.at(-1);
  const value = written?.kind === 'number' ? written.value : Number.NaN;
  if (kind.parameter === 'fraction' && value >= 0 && value <= 1) return value;
  if (kind.parameter === 'quartile' && [0, 1, 2, 3, 4].includes(value)) return value / 4;
  const isPosition = Number.isInteger(value) && value >= 1 && value <= farthestPosition;
  if (kind.parameter === 'position' && isPosition) return value;
  const message = 'A number of the function’s range is expected as the last argument.';
  throw refusal.at('formula_arguments', message, written ?? call);
}
