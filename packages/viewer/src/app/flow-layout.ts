import type { Widget } from '@vitrine/charts';

/** How many columns a widget takes on grids of 12, 6 and 2 columns, and its height in grid rows. */
export interface Placement {
  readonly wide: number;
  readonly middle: number;
  readonly narrow: number;
  readonly rows: number;
}

type Placed = Pick<Widget, 'type' | 'layout'>;

/**
 * Places widgets that were laid out on 12 columns on the narrower grids too, in the same order and without holes: rows of
 * four or more part into rows of two or three, the widgets of a row share it in proportion; on two columns only
 * indicators stand side by side.
 */
export function flowLayout(widgets: readonly Placed[]): readonly Placement[] {
  const middle = rowsOf(widgets).flatMap((row) => splitRow(row).flatMap(shareOfSix));
  const narrow = narrowSpans(widgets);
  return widgets.map(({ layout }, index) => ({
    wide: clamp(layout.columns, 1, 12),
    middle: middle[index] ?? 6,
    narrow: narrow[index] ?? 2,
    rows: clamp(layout.rows, 1, 24),
  }));
}

function rowsOf(widgets: readonly Placed[]): readonly (readonly number[])[] {
  const rows: number[][] = [];
  let used = 12;
  for (const { layout } of widgets) {
    const columns = clamp(layout.columns, 1, 12);
    if (used + columns > 12) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)?.push(columns);
    used += columns;
  }
  return rows;
}

function splitRow(row: readonly number[]): readonly (readonly number[])[] {
  if (row.length <= 3) return [row];
  const parts = Math.ceil(row.length / 3);
  const size = Math.ceil(row.length / parts);
  return Array.from({ length: parts }, (_, part) => row.slice(part * size, (part + 1) * size));
}

/** Parts of a row in sixths: at least 2 each, together 6. */
function shareOfSix(row: readonly number[]): readonly number[] {
  const [first = 12, second = 12] = row;
  if (row.length >= 3) return row.map(() => 2);
  if (row.length === 1) return [6];
  const share = clamp(Math.round((first / (first + second)) * 6), 2, 4);
  return [share, 6 - share];
}

function narrowSpans(widgets: readonly Placed[]): readonly number[] {
  const spans = widgets.map(() => 2);
  let run = 0;
  widgets.forEach((widget, index) => {
    run = widget.type === 'indicator' ? run + 1 : 0;
    if (run > 0 && run % 2 === 0) {
      spans[index] = 1;
      spans[index - 1] = 1;
    }
  });
  return spans;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, Math.round(value)));
}
