import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type GridPlace, gridMove, nearestPlace } from './grid-move.ts';

/** What takes the focus in a cell: its button, or the cell itself where it has none. */
type Stop = EventTarget &
  Pick<HTMLElement, 'tabIndex' | 'focus'> & { matches(selector: ':focus'): boolean };

type GridCell = Stop &
  Pick<HTMLElement, 'scrollIntoView'> & { querySelector(selector: 'button'): Stop | null };

/** `data-key` says what the row is about; a row without one is known by its place alone. */
interface GridRow {
  readonly cells: ArrayLike<GridCell>;
  readonly dataset: { readonly key?: string | undefined };
}

/**
 * One tab stop for a whole grid: of all its cells one has `tabindex="0"`, and keys move it (see `gridMove`). The
 * template gives every stop `tabindex="-1"` and leaves the 0 to this.
 *
 * When other rows arrive, the stop goes with its row, or to the nearest cell once that row is gone. So does the focus,
 * if the grid has it.
 */
export class RovingFocus implements ReactiveController {
  readonly #rows: () => ArrayLike<GridRow>;
  #place: GridPlace = { row: 0, column: 0 };
  #key: string | undefined;
  #stop: Stop | undefined;
  #hasFocus = false;

  /** `rows` are those of the grid as drawn, none while it is no grid. */
  constructor(host: ReactiveControllerHost, rows: () => ArrayLike<GridRow>) {
    this.#rows = rows;
    host.addController(this);
  }

  hostUpdate(): void {
    this.#hasFocus = this.#stop?.matches(':focus') ?? false;
    // As the template knows it: what is no stop any more loses its tabindex there.
    this.#leave();
  }

  hostUpdated(): void {
    const rows = this.#rows();
    const place = nearestPlace({ ...this.#place, row: this.#followed(rows) }, sizeOf(rows));
    if (!place) return;
    this.#settle(place);
    if (this.#hasFocus && !this.#stop?.matches(':focus')) this.#show();
  }

  /** Takes the focus into the grid, to the first cell of a row. */
  enter(row: number): void {
    this.#settle({ row, column: 0 });
    this.#show();
  }

  /** For `keydown` in the grid. */
  readonly onKey = (event: KeyboardEvent): void => {
    const next = gridMove(this.#place, event, sizeOf(this.#rows()));
    if (!next) return;
    event.preventDefault();
    this.#settle(next);
    this.#show();
  };

  /** For `focusin` in the grid: a pointer takes the tab stop along. */
  readonly onFocus = ({ target }: Pick<FocusEvent, 'target'>): void => {
    if (target === this.#stop) return;
    const rows = Array.from(this.#rows());
    for (const [row, { cells }] of rows.entries()) {
      const column = Array.from(cells).findIndex((cell) => stopIn(cell) === target);
      if (column >= 0) this.#settle({ row, column });
    }
  };

  #leave(): void {
    if (this.#stop) this.#stop.tabIndex = -1;
    this.#stop = undefined;
  }

  #settle(place: GridPlace): void {
    this.#leave();
    const row = this.#rows()[place.row];
    const cell = row?.cells[place.column];
    if (!cell) return;
    this.#place = place;
    this.#key = row.dataset.key;
    this.#stop = stopIn(cell);
    this.#stop.tabIndex = 0;
  }

  /** `focus` by itself would put a cell from beyond the edge into the middle. */
  #show(): void {
    this.#stop?.focus({ preventScroll: true });
    const cell = this.#rows()[this.#place.row]?.cells[this.#place.column];
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  #followed(rows: ArrayLike<GridRow>): number {
    const { row } = this.#place;
    if (this.#key === undefined || rows[row]?.dataset.key === this.#key) return row;
    const found = Array.from(rows).findIndex(({ dataset }) => dataset.key === this.#key);
    return found < 0 ? row : found;
  }
}

function stopIn(cell: GridCell): Stop {
  return cell.querySelector('button') ?? cell;
}

function sizeOf(rows: ArrayLike<GridRow>) {
  return { rows: rows.length, columns: rows[0]?.cells.length ?? 0 };
}
