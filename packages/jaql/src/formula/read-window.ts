import type { Formula } from './formula.ts';
import { sizeOf } from './make-term.ts';
import { readGrouping } from './read-aggregation.ts';
import { readMeasure } from './read-time.ts';
import type { Grouping, RankType, Term, WindowFunction } from './term.ts';
import type { TermReading } from './term-reading.ts';

type Call = Extract<Formula, { kind: 'call' }>;

const rankTypes: readonly RankType[] = ['1224', '1334', '1223', '1234'];

/** Reads `RANK(measure, "DESC", "1224", [field], …)`; all but the measure may be left out. */
export function readRank(call: Call, reading: TermReading): Term {
  const rest = call.of.slice(1);
  const direction = wordOf(rest[0]);
  const isDirection = direction === 'asc' || direction === 'desc';
  if (isDirection) rest.shift();
  const type = rankTypes.find((one) => one === wordOf(rest[0]));
  if (type !== undefined) rest.shift();
  const [unknown] = rest.filter((part) => part.kind !== 'reference');
  if (unknown !== undefined) {
    const message = 'A direction, a kind of rank or fields are expected, in this order.';
    throw reading.refusal.at('formula_arguments', message, unknown);
  }
  const within = rest.map((part): Grouping => readGrouping(part, reading));
  return readWindow(
    call,
    call.of.length,
    {
      kind: 'rank',
      direction: isDirection ? direction : 'desc',
      type: type ?? '1224',
      within,
    },
    reading,
  );
}

/** Reads `CONTRIBUTION(measure)`. */
export function readContribution(call: Call, reading: TermReading): Term {
  return readWindow(call, 1, { kind: 'contribution' }, reading);
}

/** Reads `RSUM(measure, TRUE)`; without TRUE it starts anew within each of the outer groups. */
export function readRunning(call: Call, aggregation: 'sum' | 'avg', reading: TermReading): Term {
  const [, continuous] = call.of;
  if (continuous !== undefined && typeof readWord(continuous) !== 'boolean') {
    const message = 'TRUE or FALSE is expected here.';
    throw reading.refusal.at('formula_arguments', message, continuous);
  }
  const isContinuous = continuous !== undefined && readWord(continuous) === true;
  return readWindow(call, 2, { kind: 'running', aggregation, isContinuous }, reading);
}

function readWindow(call: Call, most: number, by: WindowFunction, reading: TermReading): Term {
  const { measure: of, place } = readMeasure(call, most, reading);
  return { kind: 'window', by, of, place, type: 'numeric', level: 'measure', ...sizeOf([of]) };
}

function readWord(formula: Formula): boolean | null | undefined {
  return formula.kind === 'word' ? formula.value : undefined;
}

/** A text, number or bare name, in lower case. */
function wordOf(formula: Formula | undefined): string | undefined {
  if (formula?.kind === 'text') return formula.value.toLowerCase();
  if (formula?.kind === 'number') return String(formula.value);
  return formula?.kind === 'call' && formula.of.length === 0 ? formula.name : undefined;
}
