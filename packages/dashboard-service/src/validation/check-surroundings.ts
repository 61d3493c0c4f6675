import { dashboardsOf, type FindingCollector, type SoundClaims } from '@vitrine/claims';
import type { Content } from '../content/content.ts';
import { reportUnknown } from './report-unknown.ts';
import type { TokenReach } from './token-reach.ts';

const oidPattern = /^[0-9a-f]{24}$/i;

/** Reports a user that the directory does not have. */
export function checkSubject(
  { sub }: SoundClaims,
  { users }: Content,
  findings: FindingCollector,
): void {
  if (sub === undefined || users.has(sub)) return;
  reportUnknown(sub, users.keys(), { code: 'subject_unknown', path: ['sub'] }, findings);
}

/** Reports dashboards that do not exist, and a token that inherits none. */
export function checkDashboards(
  { sub = '', grants }: SoundClaims,
  { user, dashboards }: TokenReach,
  content: Content,
  findings: FindingCollector,
): void {
  const res = grants?.res;
  if (res === undefined) {
    if (user && dashboards.size === 0) findings.add('dashboards_not_shared', ['grants', 'res']);
    return;
  }
  for (const [index, oid] of (dashboardsOf({ sub, grants: { res } }) ?? []).entries()) {
    // What has not the form of a resource is a finding of the level logic already.
    if (!oidPattern.test(oid) || content.dashboards.has(oid)) continue;
    const written = content.dashboards.get(oid.toLowerCase())?.oid;
    const hint = written === undefined ? undefined : 'Write the oid in lower case.';
    findings.add('dashboard_unknown', ['grants', 'res', index], hint);
  }
}

/** Reports a theme that does not exist. */
export function checkTheme(
  { thm }: SoundClaims,
  { themes }: Content,
  findings: FindingCollector,
): void {
  if (thm !== undefined && oidPattern.test(thm) && !themes.has(thm)) {
    findings.add('theme_unknown', ['thm']);
  }
}
