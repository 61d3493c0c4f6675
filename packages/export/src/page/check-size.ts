import { ExportError } from '../export-error.ts';

const maxDots = 60_000_000;

/** Passes a number of px between two limits; throws ExportError `size_limit` otherwise. */
export function checkLength(value: number, low: number, high: number): number {
  if (value >= low && value <= high) return value;
  throw new ExportError('size_limit', `A length must lie between ${low} and ${high} px`);
}

/** Passes a picture of at most 60 million dots (240 MB while drawn); throws ExportError `size_limit` otherwise. */
export function checkDots(width: number, height: number, scale: number): void {
  if (width * height * scale * scale > maxDots) {
    throw new ExportError('size_limit', 'The picture would have more than 60 million dots');
  }
}
