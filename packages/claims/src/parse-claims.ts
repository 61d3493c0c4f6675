/**
 * The one path from JSON text to claims, for minting, testing and opening (VAL-2):
 *
 *   text → JSON pass → types (schema) → names, dims → times, values, rules, length → claims
 *
 * Only text that is not JSON ends it early; otherwise all findings come at once.
 */
import { checkDims } from './check-dims.ts';
import { checkJsonValue } from './check-json-value.ts';
import { checkNames } from './check-names.ts';
import { checkRules } from './check-rules.ts';
import { checkTimes } from './check-times.ts';
import type { SoundClaims } from './check-types.ts';
import { checkTypes } from './check-types.ts';
import { checkValues, isAbility, isLanguage, isTheme } from './check-values.ts';
import type { Claims, Grants, Profile } from './claims.ts';
import type { Finding, Use } from './finding.ts';
import { FindingCollector } from './finding-collector.ts';
import { grantLength, maxGrantLength } from './grant-length.ts';
import { readJson } from './parse-strict-json.ts';

export interface CheckOptions {
  /** Default `compatible`. */
  readonly profile?: Profile;
  /** Seconds since 1970, fractions allowed. */
  readonly now: number;
  readonly use: Use;
  /** Longest time from now (or `nbf`) to `exp`, seconds; with it, `exp` is required. Default none. */
  readonly maxLifetimeSeconds?: number;
  /** Seconds by which clocks may differ, 0 to 60. Default 0. */
  readonly clockToleranceSeconds?: number;
  /** Whether a strict configuration takes `acl: []`. Default false. */
  readonly allowErasedAcl?: boolean;
  /** In signed mode: the configuration's id, which `aud` must be. Without it `aud` has no meaning. */
  readonly audience?: string;
}

export interface CheckResult {
  /** There if and only if no finding is an error. */
  readonly claims?: Claims;
  /**
   * The claims whose types are right, whatever else is wrong: for checks that go on, never for rights. There as soon as the
   * text is a JSON object.
   */
  readonly sound?: SoundClaims;
  /** At most 200. */
  readonly findings: Finding[];
}

const maxToleranceSeconds = 60;

/** Reads and checks claims from JSON text: structure and logic. Throws `TypeError` for options out of range only. */
export function parseClaims(text: string, options: CheckOptions): CheckResult {
  const findings = collectorFor(options);
  const value = readJson(text, findings);
  return check(value, options, findings);
}

/** The same as `parseClaims`, for claims that are a value already. */
export function checkClaims(value: unknown, options: CheckOptions): CheckResult {
  const findings = collectorFor(options);
  if (!checkJsonValue(value, findings)) return { findings: findings.findings };
  return parseClaims(JSON.stringify(value), options);
}

/** The same for a value that `parseStrictJson` has read: its text has been looked through. */
export function checkReadClaims(value: unknown, options: CheckOptions): CheckResult {
  return check(value, options, collectorFor(options));
}

function collectorFor({ use, profile = 'compatible', now, ...options }: CheckOptions) {
  const { clockToleranceSeconds: tolerance = 0 } = options;
  if (!(tolerance >= 0 && tolerance <= maxToleranceSeconds)) {
    throw new TypeError('clockToleranceSeconds must lie between 0 and 60');
  }
  if (!Number.isFinite(now)) throw new TypeError('now must be a number of seconds');
  return new FindingCollector({ use, profile });
}

function check(value: unknown, options: CheckOptions, collector: FindingCollector): CheckResult {
  const { findings } = collector;
  if (value === undefined) return { findings };
  const sound = checkTypes(value, collector);
  if (sound === undefined || !isRecord(value)) return { findings };
  checkNames(value, collector, options);
  checkDims(sound.grants?.flt ?? [], collector);
  checkLogic(value, sound, options, collector);
  if (collector.hasError) return { sound, findings };
  const { audience: aud } = options;
  return { claims: { ...claimsOf(sound), ...(aud !== undefined && { aud }) }, sound, findings };
}

function checkLogic(
  raw: Record<string, unknown>,
  sound: SoundClaims,
  options: CheckOptions,
  findings: FindingCollector,
): void {
  const { now, maxLifetimeSeconds, clockToleranceSeconds = 0, allowErasedAcl = false } = options;
  const hasExp = raw.exp !== undefined && raw.exp !== null;
  checkTimes(sound, { now, maxLifetimeSeconds, clockToleranceSeconds, hasExp }, findings);
  checkValues(sound, findings);
  checkAudience(raw, options, findings);
  if (sound.grants?.acl) checkRules(sound.grants.acl, { allowErasedAcl }, findings);
  const grants = isRecord(raw.grants) ? raw.grants : {};
  if (!('prm' in grants)) findings.add('prm_absent', ['grants', 'prm']);
  if (grantLength(raw) > maxGrantLength) findings.add('grants_too_long', ['grants']);
}

/** One text, not a list: a token for two configurations would be a token for the weaker one (RFC 7519 §4.1.3). */
function checkAudience(
  { aud }: Record<string, unknown>,
  { audience }: CheckOptions,
  findings: FindingCollector,
): void {
  if (audience === undefined || aud === audience) return;
  findings.add(aud === undefined ? 'audience_missing' : 'audience_wrong', ['aud']);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Claims as they count: what has no listed value falls back to its default (E-10). */
function claimsOf({ sub = '', lng, loc, thm, grants, ...rest }: SoundClaims): Claims {
  return {
    sub,
    ...rest,
    ...(grants && { grants: grantsOf(grants) }),
    ...(lng !== undefined && isLanguage(lng) && { lng }),
    ...(loc !== undefined && isLanguage(loc) && { loc }),
    ...(thm !== undefined && isTheme(thm) && { thm }),
  };
}

function grantsOf({ prm, ...rest }: NonNullable<SoundClaims['grants']>): Grants {
  return { ...rest, ...(prm && { prm: prm.filter(isAbility) }) };
}
