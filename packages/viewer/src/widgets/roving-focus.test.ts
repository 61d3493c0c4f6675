import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { RovingFocus } from './roving-focus.ts';

/** What has the focus, and the cell that was last scrolled to. */
let focused: Focusable | undefined;
let seen: Cell | undefined;

class Focusable extends EventTarget {
  tabIndex = -1;
  focus() {
    focused = this;
  }
  matches() {
    return focused === this;
  }
}

class Cell extends Focusable {
  readonly button: Focusable | undefined;
  constructor(hasButton: boolean) {
    super();
    this.button = hasButton ? new Focusable() : undefined;
  }
  querySelector() {
    return this.button ?? null;
  }
  scrollIntoView() {
    seen = this;
  }
}

/** A head without a key and rows with one; the first cell of each has a button. */
const rowOf = (key: string | undefined, columns = 3) => ({
  dataset: { key },
  cells: Array.from({ length: columns }, (_, column) => new Cell(column === 0)),
});
const stopsOf = (rows: readonly ReturnType<typeof rowOf>[]) =>
  rows.flatMap(({ cells }) => cells.map((cell) => cell.button ?? cell));

function gridOf(...keys: (string | undefined)[]) {
  focused = undefined;
  seen = undefined;
  let rows = keys.map((key) => rowOf(key));
  let controller: ReactiveController | undefined;
  const host = {
    addController(added: ReactiveController) {
      controller = added;
    },
  } as ReactiveControllerHost;
  const focus = new RovingFocus(host, () => rows);
  const draw = (next: typeof rows = rows) => {
    controller?.hostUpdate?.();
    const left = stopsOf(rows).filter((stop) => !stopsOf(next).includes(stop));
    if (focused && left.includes(focused)) focused = undefined;
    rows = next;
    controller?.hostUpdated?.();
  };
  draw();
  return {
    draw,
    /** Presses a key; whether the grid took it. */
    press(key: string, held: object = {}) {
      let isTaken = false;
      const preventDefault = () => {
        isTaken = true;
      };
      focus.onKey({ key, ...held, preventDefault } as unknown as KeyboardEvent);
      return isTaken;
    },
    point: (target: Focusable) => focus.onFocus({ target }),
    stop: (row: number, column: number) => stopsOf(rows.slice(row, row + 1))[column] as Focusable,
    cell: (row: number, column: number) => rows[row]?.cells[column],
    /** All tab stops, as `row,column`. */
    stops: () =>
      rows.flatMap(({ cells }, row) =>
        cells.flatMap((cell, column) =>
          (cell.button ?? cell).tabIndex === 0 ? [`${row},${column}`] : [],
        ),
      ),
  };
}

describe('a grid with roving focus', () => {
  it(verifies('EMB-8', 'has one tab stop, and takes no focus by itself'), () => {
    const grid = gridOf(undefined, 'a', 'b');
    expect(grid.stops()).toEqual(['0,0']);
    expect(focused).toBeUndefined();
  });

  it(verifies('EMB-8', 'moves stop, focus and sight with a key'), () => {
    const grid = gridOf(undefined, 'a', 'b');
    expect(grid.press('ArrowDown')).toBe(true);
    expect(focused).toBe(grid.cell(1, 0)?.button);
    expect(seen).toBe(grid.cell(1, 0));
    grid.press('End');
    expect(focused).toBe(grid.cell(1, 2));
    expect(grid.stops()).toEqual(['1,2']);
  });

  it(verifies('EMB-8', 'leaves keys alone that lead nowhere'), () => {
    const grid = gridOf('a');
    for (const key of ['Enter', ' ', 'Tab', 'Escape', 'a'])
      expect(grid.press(key), key).toBe(false);
    expect(gridOf().press('ArrowDown')).toBe(false);
    expect(gridOf().stops()).toEqual([]);
  });

  it(verifies('EMB-8', 'goes on from where a pointer has put the focus'), () => {
    const grid = gridOf(undefined, 'a', 'b');
    grid.point(grid.stop(2, 1));
    expect(grid.stops()).toEqual(['2,1']);
    grid.press('ArrowRight');
    expect(focused).toBe(grid.cell(2, 2));
  });

  it.each([
    ['its own row, further down', [undefined, 'x', 'a', 'b', 'c'], '3,1'],
    ['its own row, further up', [undefined, 'b'], '1,1'],
    ['the same place, where its row is gone', [undefined, 'x', 'y', 'z'], '2,1'],
    ['the last row, where there are fewer', [undefined, 'x'], '1,1'],
    ['its own row, where the head is no part of the grid any more', ['a', 'b'], '1,1'],
  ])(verifies('EMB-8', 'takes the focus with new rows to %s'), (_name, keys, place) => {
    const grid = gridOf(undefined, 'a', 'b', 'c');
    grid.press('ArrowDown');
    grid.press('ArrowDown');
    grid.press('ArrowRight');
    grid.draw(keys.map((key) => rowOf(key)));
    expect(grid.stops()).toEqual([place]);
    const [row = 0, column = 0] = place.split(',').map(Number);
    expect(focused).toBe(grid.stop(row, column));
  });

  it(verifies('EMB-8', 'keeps to rows that it cannot tell apart'), () => {
    const grid = gridOf('[]', '[]', '[]');
    grid.press('ArrowDown');
    grid.draw(['[]', '[]', '[]'].map((key) => rowOf(key)));
    expect(grid.stops()).toEqual(['1,0']);
  });

  it(verifies('EMB-8', 'takes no focus from elsewhere when rows arrive'), () => {
    const grid = gridOf(undefined, 'a', 'b');
    grid.press('ArrowDown');
    const elsewhere = new Focusable();
    elsewhere.focus();
    grid.draw([rowOf(undefined), rowOf('b'), rowOf('a')]);
    expect(grid.stops()).toEqual(['2,0']);
    expect(focused).toBe(elsewhere);
  });

  it(verifies('EMB-8', 'remembers its place while it has no cells, and with fewer columns'), () => {
    const grid = gridOf('a', 'b');
    grid.press('End', { ctrlKey: true });
    grid.draw([]);
    expect(grid.stops()).toEqual([]);
    grid.draw([rowOf('a', 2), rowOf('b', 2)]);
    expect(grid.stops()).toEqual(['1,1']);
  });
});
