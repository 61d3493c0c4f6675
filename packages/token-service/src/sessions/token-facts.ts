import type { Claims } from '@vitrine/claims';

/** What of a token decides whether it may open one more session. Times are UTC milliseconds. */
export interface TokenFacts {
  readonly jti: string | null;
  readonly uses: number | null;
  readonly issuedAt: number | null;
  readonly expiresAt: number | null;
}

/** As far as issuers' clocks may be ahead of ours. */
const maxIssuerLeadMs = 60_000;

/** `iat` may be anything (TOK-6); what is no time, or lies ahead, does not count as one: it would outlive revocations. */
export function tokenFactsOf({ jti, uses, iat, exp }: Claims, now: number): TokenFacts {
  const issuedAt = typeof iat === 'number' ? Math.floor(iat * 1000) : Number.NaN;
  return {
    jti: jti ?? null,
    uses: uses ?? null,
    issuedAt: issuedAt >= 0 && issuedAt <= now + maxIssuerLeadMs ? issuedAt : null,
    expiresAt: typeof exp === 'number' ? Math.floor(exp * 1000) : null,
  };
}
