import type { EngineCell } from '@vitrine/engines';

export type Rows = readonly (readonly EngineCell[])[];

const tolerance = 1e-9;

/** True where both hold the same rows in the same order, numbers to 1e-9 relative. */
export function sameRows(one: Rows, other: Rows): boolean {
  return (
    one.length === other.length &&
    one.every((row, index) => {
      const others = other[index] ?? [];
      return row.length === others.length && row.every((cell, at) => sameCell(cell, others[at]));
    })
  );
}

function sameCell(one: EngineCell, other: EngineCell | undefined): boolean {
  if (one === other) return true;
  if (typeof one !== 'number' || typeof other !== 'number') return false;
  return Math.abs(one - other) <= tolerance * Math.max(Math.abs(one), Math.abs(other), 1e-300);
}

/** Rows in one order of their own, for answers that promise none. */
export function inOneOrder(rows: Rows): Rows {
  return rows.toSorted((one, other) => {
    const [a, b] = [JSON.stringify(one), JSON.stringify(other)];
    return a < b ? -1 : a > b ? 1 : 0;
  });
}
