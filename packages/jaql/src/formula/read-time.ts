import type { Formula } from './formula.ts';
import type { FunctionKind } from './functions.ts';
import { scalarTerm, sizeOf } from './make-term.ts';
import { readPeriods } from './read-measured.ts';
import type { Place, Term } from './term.ts';
import { checkTypes, type TermReading } from './term-reading.ts';

type Call = Extract<Formula, { kind: 'call' }>;
type Kind<Name extends FunctionKind['kind']> = Extract<FunctionKind, { kind: Name }>;

/** Reads what looks back by one or more periods: `PASTYEAR(measure)`, `GROWTHPASTYEAR(measure, 2)`. Codes as of `readMeasure`. */
export function readPast(call: Call, kind: Kind<'past'>, reading: TermReading): Term {
  const [, count] = call.of;
  const { measure, place } = readMeasure(call, count === undefined ? 1 : 2, reading);
  const periods = count === undefined ? 1 : readPeriods(count, reading);
  const past: Term = {
    kind: 'measured',
    of: measure,
    changes: [
      {
        kind: 'move',
        ...(kind.unit === undefined ? {} : { level: kind.unit }),
        amount: -periods,
      },
    ],
    place,
    type: measure.type,
    level: 'measure',
    ...sizeOf([measure]),
  };
  const of = (name: '-' | '/', left: Term, right: Term) =>
    scalarTerm(name, [left, right], 'numeric', 'measure');
  switch (kind.gives) {
    case 'value':
      return past;
    case 'difference':
      return of('-', measure, past);
    case 'growth':
      return of('/', of('-', measure, past), past);
    case 'rate':
      return of('/', measure, past);
  }
}

/** Reads what adds up from the start of a period: `YTDSUM(measure)`. Codes as of `readMeasure`. */
export function readToDate(call: Call, kind: Kind<'toDate'>, reading: TermReading): Term {
  const { measure, place } = readMeasure(call, 1, reading);
  return {
    kind: 'window',
    by: kind,
    of: measure,
    place,
    type: 'numeric',
    level: 'measure',
    ...sizeOf([measure]),
  };
}

/** The measure that a function starts from, a number. Codes `formula_arguments`, `formula_type`. */
export function readMeasure(
  call: Call,
  most: number,
  reading: TermReading,
): { readonly measure: Term; readonly place: Place } {
  const [first] = call.of;
  if (first === undefined || call.of.length > most) {
    throw reading.refusal.at('formula_arguments', 'The function takes other arguments.', call);
  }
  const measure = reading.read(first);
  if (measure.level !== 'measure') {
    const message = 'A measure is expected here, such as SUM([field]).';
    throw reading.refusal.at('formula_type', message, first);
  }
  checkTypes([measure], 'numeric', first, reading);
  return { measure, place: { pointer: reading.refusal.pointer, position: call.at } };
}
