/** A cell by its place; both count from 0. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

/** How many cells there are, down and across. */
export interface GridSize {
  readonly rows: number;
  readonly columns: number;
}

type Keys = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/**
 * Where a key leads, by the rules of ARIA's grid: arrows to the next cell, Home and End to the ends of the row, with
 * ctrl or meta to those of the grid. At an edge the place stays as it is; undefined for other keys and in a grid
 * without cells.
 */
export function gridMove({ row, column }: GridPlace, keys: Keys, size: GridSize) {
  if (keys.altKey || keys.shiftKey) return undefined;
  const last = { row: size.rows - 1, column: size.columns - 1 };
  const moves: Readonly<Record<string, GridPlace>> =
    keys.ctrlKey || keys.metaKey
      ? { Home: { row: 0, column: 0 }, End: last }
      : {
          ArrowUp: { row: row - 1, column },
          ArrowDown: { row: row + 1, column },
          ArrowLeft: { row, column: column - 1 },
          ArrowRight: { row, column: column + 1 },
          Home: { row, column: 0 },
          End: { row, column: last.column },
        };
  const next = moves[keys.key];
  return next && nearestPlace(next, size);
}

/** The cell of a grid that is nearest to a place; undefined in a grid without cells. */
export function nearestPlace(
  { row, column }: GridPlace,
  { rows, columns }: GridSize,
): GridPlace | undefined {
  if (rows < 1 || columns < 1) return undefined;
  const within = (at: number, count: number) => Math.min(Math.max(at, 0), count - 1);
  return { row: within(row, rows), column: within(column, columns) };
}
