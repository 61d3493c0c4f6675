import { TokenError } from '@vitrine/tokens';
import type { ProblemOptions } from '../problem/problem.ts';
import type { ProblemCode } from '../problem/problem-kinds.ts';
import { StacklessError } from '../problem/stackless-error.ts';

/** Why a token opens no session: the code is for everyone, the reasons are for the log alone. */
export interface Refused {
  readonly code: ProblemCode;
  readonly reasons: readonly string[];
  /** Of the answer; none: the code's own words alone. */
  readonly options?: ProblemOptions;
}

/** The same, to be thrown. */
export class Refusal extends StacklessError implements Refused {
  readonly code: ProblemCode;
  readonly reasons: readonly string[];
  readonly options: ProblemOptions;

  constructor(code: ProblemCode, reasons: readonly string[], options: ProblemOptions = {}) {
    super(code);
    this.code = code;
    this.reasons = reasons;
    this.options = options;
  }

  /** Undefined for an error that is not about the token. */
  static of(error: unknown): Refused | undefined {
    if (error instanceof Refusal) return error;
    if (!(error instanceof TokenError)) return undefined;
    const { code, findings } = error;
    if (code === 'claims_refused' || code === 'key_refused') return undefined;
    const errors = findings.filter(({ severity }) => severity === 'error');
    return { code, reasons: errors.map((finding) => finding.code) };
  }
}
