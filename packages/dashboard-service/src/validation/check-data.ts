/**
 * The data level of validation (VAL-1), for administrators who test a token: hints name what the content has.
 *
 *   sub → dashboards → theme → rules: source, table, column → their members in the data → filters → the generator (VAL-4)
 */
import { type Finding, FindingCollector, hasBlank, type SoundClaims } from '@vitrine/claims';
import type { ClaimsPolicy } from '@vitrine/token-service';
import type { Logger } from 'pino';
import type { Content } from '../content/content.ts';
import type { DataSources } from '../data/data-sources.ts';
import { checkFilters } from './check-filters.ts';
import { checkMembers } from './check-members.ts';
import { checkRules } from './check-rules.ts';
import { checkDashboards, checkSubject, checkTheme } from './check-surroundings.ts';
import { tokenReach } from './token-reach.ts';

/** What claims are held against. */
export interface DataCheckContext {
  readonly content: Content;
  readonly sources: DataSources;
  readonly log: Logger;
}

/** Checks claims against users, dashboards, themes, models and rows. At most 200 findings, all of the level `data`. */
export async function checkData(
  claims: SoundClaims,
  { profile }: ClaimsPolicy,
  context: DataCheckContext,
): Promise<readonly Finding[]> {
  const { content } = context;
  const findings = new FindingCollector({ use: 'test', profile });
  const reach = tokenReach(claims, content);
  checkSubject(claims, content, findings);
  checkDashboards(claims, reach, content, findings);
  checkTheme(claims, content, findings);
  const { acl = [], flt = [] } = claims.grants ?? {};
  const targets = checkRules(acl, reach, content, findings);
  await checkMembers(targets, context, findings);
  checkFilters(flt, reach, content, findings);
  if (findings.findings.some(({ code }) => code === 'blanks_differ') && !hasBlank(claims)) {
    findings.add('generator_strips_blanks');
  }
  return findings.findings;
}
