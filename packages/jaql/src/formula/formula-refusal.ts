import { hintOf } from '../hint-of.ts';
import { JaqlError, type JaqlErrorCode } from '../jaql-error.ts';
import type { Formula } from './formula.ts';

/** Refusals of one formula, with their places in it. */
export class FormulaRefusal {
  readonly pointer: string;

  constructor(pointer: string) {
    this.pointer = pointer;
  }

  at(code: JaqlErrorCode, message: string, { at }: Pick<Formula, 'at'>): JaqlError {
    return new JaqlError(code, message, { pointer: this.pointer, position: at });
  }

  /** A name that is not among those there are; the one that looks most like it is the hint. */
  unknown(
    code: JaqlErrorCode,
    message: string,
    { at }: Pick<Formula, 'at'>,
    name: string,
    known: Iterable<string>,
  ): JaqlError {
    return new JaqlError(code, message, {
      pointer: this.pointer,
      position: at,
      ...hintOf(name, known),
    });
  }
}
