import type { InvalidVector } from '../vector.ts';
import type { InvalidCase } from './case.ts';
import { claimsCases } from './claims-cases.ts';

const ofClaims = new Set(claimsCases.map(({ name }) => name));

/** The step of `docs/vectors.md` at which a case is refused. */
export function stepOf({ name, code }: Pick<InvalidCase, 'name' | 'code'>): InvalidVector['step'] {
  if (ofClaims.has(name)) return 3;
  return code === 'token_malformed' ? 1 : 2;
}
