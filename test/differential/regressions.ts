import type { AclRule } from '@vitrine/claims';
import type { Case } from './arbitrary-query.ts';

/** A case that once gave different answers. */
export interface Regression {
  readonly why: string;
  readonly rules: readonly AclRule[];
  readonly asked: Case;
}

export const regressions: readonly Regression[] = [];
