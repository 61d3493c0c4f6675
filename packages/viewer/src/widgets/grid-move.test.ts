import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { gridMove } from './grid-move.ts';

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

/** `row,column` after a key, in a grid of 4 rows and 3 columns unless said. */
function after(
  [row, column]: readonly [number, number],
  key: string,
  held: Partial<typeof none> = {},
  [rows, columns]: readonly [number, number] = [4, 3],
) {
  const next = gridMove({ row, column }, { ...none, ...held, key }, { rows, columns });
  return next && [next.row, next.column];
}

describe('gridMove', () => {
  it.each([
    // key, held, and where it leads from the middle, from the first cell and from the last
    ['ArrowUp', {}, [1, 1], [0, 0], [2, 2]],
    ['ArrowDown', {}, [3, 1], [1, 0], [3, 2]],
    ['ArrowLeft', {}, [2, 0], [0, 0], [3, 1]],
    ['ArrowRight', {}, [2, 2], [0, 1], [3, 2]],
    ['Home', {}, [2, 0], [0, 0], [3, 0]],
    ['End', {}, [2, 2], [0, 2], [3, 2]],
    ['Home', { ctrlKey: true }, [0, 0], [0, 0], [0, 0]],
    ['End', { ctrlKey: true }, [3, 2], [3, 2], [3, 2]],
    ['Home', { metaKey: true }, [0, 0], [0, 0], [0, 0]],
    ['End', { metaKey: true }, [3, 2], [3, 2], [3, 2]],
  ] as const)(
    verifies('EMB-8', '%s with %o leads on, and stays within the edges'),
    (key, held, middle, first, last) => {
      expect(after([2, 1], key, held)).toEqual(middle);
      expect(after([0, 0], key, held)).toEqual(first);
      expect(after([3, 2], key, held)).toEqual(last);
    },
  );

  const keys = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'];

  it(
    verifies('EMB-8', 'stays where there is one cell, and leads nowhere where there is none'),
    () => {
      for (const key of keys) {
        expect(after([0, 0], key, {}, [1, 1]), key).toEqual([0, 0]);
        expect(after([0, 0], key, {}, [0, 0]), key).toBeUndefined();
        expect(after([0, 0], key, {}, [3, 0]), key).toBeUndefined();
      }
    },
  );

  it(verifies('EMB-8', 'comes back from beyond a grid that has become smaller'), () => {
    expect(after([90, 9], 'ArrowUp')).toEqual([3, 2]);
  });

  it(verifies('EMB-8', 'leaves the keys of the browser and of its selection alone'), () => {
    for (const key of keys) {
      expect(after([2, 1], key, { altKey: true }), key).toBeUndefined();
      expect(after([2, 1], key, { shiftKey: true }), key).toBeUndefined();
    }
    for (const key of ['ArrowUp', 'ArrowLeft'])
      expect(after([2, 1], key, { ctrlKey: true }), key).toBeUndefined();
    for (const key of ['Enter', ' ', 'Tab', 'Escape', 'PageDown', 'x'])
      expect(after([2, 1], key), key).toBeUndefined();
  });
});
