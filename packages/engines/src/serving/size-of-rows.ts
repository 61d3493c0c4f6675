import type { EngineCell } from '../engine.ts';

/** What V8 takes on 64 bits for an array (object, elements header), a text (header, padding) and a number that is no small integer. */
const arrayBytes = 48;
const textBytes = 20;
const slotBytes = 8;
const numberBytes = 16;

/** The memory that rows take, estimated from the objects they are made of, bytes. */
export function sizeOfRows(rows: readonly (readonly EngineCell[])[]): number {
  let bytes = arrayBytes + rows.length * (arrayBytes + slotBytes);
  for (const row of rows) {
    bytes += row.length * slotBytes;
    for (const cell of row) {
      if (typeof cell === 'string') bytes += sizeOfText(cell);
      else if (typeof cell === 'number' && (cell | 0) !== cell) bytes += numberBytes;
    }
  }
  return bytes;
}

/** The memory that a text takes, bytes: two a character where one is beyond Latin-1. */
export function sizeOfText(text: string): number {
  return textBytes + text.length * (/[^\0-\xff]/.test(text) ? 2 : 1);
}
