import { decimalCell, momentCell, numberCell } from '../cells.ts';
import type { EngineCell } from '../engine.ts';

/** What JSON with 64-bit integers and decimals in quotes holds. */
type JsonCell = string | number | boolean | null;
type Reader = (value: JsonCell) => EngineCell;

const readers: readonly (readonly [RegExp, Reader])[] = [
  [/^(?:U?Int|Decimal)/, (value) => decimalCell(String(value))],
  // Single precision, as the other engines widen it.
  [/^Float32/, (value) => numberCell(String(Math.fround(Number(value))))],
  [/^Date/, (value) => momentCell(String(value))],
];

/** How the cells of a column are read, by its type in ClickHouse's words. */
export function cellReader(type: string): Reader {
  const inner = innermost(type);
  const [, read] = readers.find(([pattern]) => pattern.test(inner)) ?? [];
  return (value) => (value === null || read === undefined ? value : read(value));
}

/** `LowCardinality(Nullable(String))` is a string. */
function innermost(type: string): string {
  const wrapped = /^(?:Nullable|LowCardinality)\((.*)\)$/.exec(type)?.[1];
  return wrapped === undefined ? type : innermost(wrapped);
}
