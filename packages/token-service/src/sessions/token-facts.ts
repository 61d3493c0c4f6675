import type { Claims } from '@vitrine/claims';
import type { ConfigurationSettings } from '../store/store.ts';

/** What of a token decides whether it may open one more session. Times are UTC milliseconds. */
export interface TokenFacts {
  /** What its sessions are counted by: its `jti`, or where only the configuration limits them, its digest. */
  readonly jti: string | null;
  readonly uses: number | null;
  readonly issuedAt: number | null;
  readonly expiresAt: number | null;
}

interface OpenedToken {
  readonly configuration: Pick<ConfigurationSettings, 'maxSessionsPerToken'>;
  readonly digest: string;
  /** UTC milliseconds. */
  readonly now: number;
}

/** As far as issuers' clocks may be ahead of ours. */
const maxIssuerLeadMs = 60_000;

/** `iat` may be anything (TOK-6); what is no time, or lies ahead, does not count as one: it would outlive revocations. */
export function tokenFactsOf(
  claims: Claims,
  { configuration, digest, now }: OpenedToken,
): TokenFacts {
  const { jti, uses, iat, exp } = claims;
  const issuedAt = typeof iat === 'number' ? Math.floor(iat * 1000) : Number.NaN;
  const most = Math.min(uses ?? Infinity, configuration.maxSessionsPerToken ?? Infinity);
  const isLimited = most !== Infinity;
  return {
    jti: jti ?? (isLimited ? `digest:${digest}` : null),
    uses: isLimited ? most : null,
    issuedAt: issuedAt >= 0 && issuedAt <= now + maxIssuerLeadMs ? issuedAt : null,
    expiresAt: typeof exp === 'number' ? Math.floor(exp * 1000) : null,
  };
}
