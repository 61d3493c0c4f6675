import type { Formula } from './formula.ts';
import { functions } from './functions.ts';
import { sizeOf } from './make-term.ts';
import { readGrouping } from './read-aggregation.ts';
import type { Change, Term } from './term.ts';
import { itemOf, type TermReading } from './term-reading.ts';

const mostPeriods = 10_000;

/**
 * Reads `(measure, …)`: behind the measure stand filters, `ALL([field])`, `PREV([date], n)`, `NEXT([date], n)`, `NOW([date])`.
 * Codes `formula_reference`, `formula_arguments`, `formula_type`.
 */
export function readMeasured(
  formula: Extract<Formula, { kind: 'measured' }>,
  reading: TermReading,
): Term {
  const of = reading.read(formula.of);
  if (of.level !== 'measure') {
    const message = 'Only a measure can be restricted like this.';
    throw reading.refusal.at('formula_type', message, formula.of);
  }
  const place = { pointer: reading.refusal.pointer, position: formula.at };
  const changes = formula.by.map((part) => readChange(part, reading));
  return { kind: 'measured', of, changes, place, type: of.type, level: 'measure', ...sizeOf([of]) };
}

function readChange(formula: Formula, reading: TermReading): Change {
  if (formula.kind === 'call') return readCoordinate(formula, reading);
  const item = formula.kind === 'reference' ? itemOf(formula, reading) : undefined;
  if (item?.kind === 'filter') return item;
  throw reading.refusal.at('formula_reference', 'A filter is expected here.', formula);
}

function readCoordinate(call: Extract<Formula, { kind: 'call' }>, reading: TermReading): Change {
  const kind = functions.get(call.name);
  const [field, count, another] = call.of;
  const isMove = call.name === 'prev' || call.name === 'next';
  const isFit = field !== undefined && another === undefined && (isMove || count === undefined);
  if (kind?.kind !== 'coordinate' || !isFit) {
    const message = 'A filter, ALL, PREV, NEXT or NOW is expected here.';
    throw reading.refusal.at('formula_arguments', message, call);
  }
  const grouping = readGrouping(field, reading);
  const { coordinate } = kind;
  if (coordinate === 'all') return { kind: 'all', grouping };
  if (grouping.field.column.type !== 'datetime') {
    throw reading.refusal.at('formula_type', 'A date is expected here.', field);
  }
  if (coordinate === 'now') return { kind: 'now', grouping };
  const periods = count === undefined ? 1 : readPeriods(count, reading);
  const level = grouping.period?.level;
  return {
    kind: 'move',
    field: grouping.field,
    ...(level === undefined ? {} : { level }),
    amount: coordinate === 'prev' ? -periods : periods,
  };
}

/** A whole number of periods. Code `formula_arguments`. */
export function readPeriods(formula: Formula, { refusal }: TermReading): number {
  const value = formula.kind === 'number' ? formula.value : 0;
  if (Number.isInteger(value) && value >= 1 && value <= mostPeriods) return value;
  throw refusal.at('formula_arguments', 'A whole number of periods is expected here.', formula);
}
