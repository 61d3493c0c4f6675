import { closestMatch } from 'leven';
import { JaqlError, type JaqlErrorCode } from '../jaql-error.ts';
import type { Formula } from './formula.ts';

/** Letters that may differ between what was written and what may have been meant. */
const farthest = 3;
const plainName = /^[\w .:-]{1,40}$/;

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
    const names = plainName.test(name) ? [...known].filter((one) => plainName.test(one)) : [];
    const near = closestMatch(name, names, { maxDistance: farthest });
    return new JaqlError(code, message, {
      pointer: this.pointer,
      position: at,
      ...(near === undefined ? {} : { hint: near }),
    });
  }
}
