export * from './abilities-of.ts';
export { jsonLimits } from './check-json-text.ts';
export type { SoundClaims } from './check-types.ts';
export * from './claims.ts';
export * from './dashboards-of.ts';
export * from './finding.ts';
export * from './finding-codes.ts';
export { FindingCollector, type Path } from './finding-collector.ts';
export * from './grant-length.ts';
export * from './jaql-item.ts';
export * from './lost-blanks.ts';
export {
  type CheckOptions,
  type CheckResult,
  checkClaims,
  checkReadClaims,
  parseClaims,
} from './parse-claims.ts';
export { parseStrictJson } from './parse-strict-json.ts';
export * from './theme-of.ts';
