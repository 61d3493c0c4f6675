import type { SoundClaims } from './check-types.ts';
import type { FindingCollector } from './finding-collector.ts';

export interface TimeRules {
  /** Seconds since 1970, fractions allowed. */
  readonly now: number;
  readonly maxLifetimeSeconds?: number | undefined;
  readonly clockToleranceSeconds: number;
  /** Whether `exp` is set at all, be it with a wrong type. */
  readonly hasExp: boolean;
}

/** Reports a token that is expired, not valid yet, or lives too long (TOK-6; RFC 7519 §4.1.4, §4.1.5). */
export function checkTimes(
  claims: SoundClaims,
  rules: TimeRules,
  findings: FindingCollector,
): void {
  const { now, maxLifetimeSeconds, clockToleranceSeconds } = rules;
  const { exp, nbf } = claims;
  const mustExpire = findings.profile === 'strict' || maxLifetimeSeconds !== undefined;
  if (mustExpire && !rules.hasExp) findings.add('exp_missing', ['exp']);
  if (typeof exp === 'number') {
    if (nbf !== undefined && exp <= nbf) findings.add('exp_not_after_nbf', ['exp']);
    if (now >= exp + clockToleranceSeconds) findings.add('expired', ['exp']);
    const lifetime = exp - Math.max(now, nbf ?? now);
    if (maxLifetimeSeconds !== undefined && lifetime > maxLifetimeSeconds + clockToleranceSeconds) {
      findings.add('exp_too_late', ['exp']);
    }
  }
  // A token may well be minted before it becomes valid.
  if (findings.use !== 'mint' && nbf !== undefined && now < nbf - clockToleranceSeconds) {
    findings.add('not_yet_valid', ['nbf']);
  }
}
