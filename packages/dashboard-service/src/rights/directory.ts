import type { Claims } from '@vitrine/claims';
import type { Directory } from '@vitrine/token-service';
import type { Content } from '../content/content.ts';
import { checkData, type DataCheckContext } from '../validation/check-data.ts';
import { reachedSources } from './reached-sources.ts';
import { ruledColumnExists } from './source-rules.ts';
import { visibleDashboards } from './visible-dashboards.ts';

/** What the token service asks about the content: when a session opens, and when an administrator tests a token. */
export function createDirectory(
  content: () => Content,
  rows: Omit<DataCheckContext, 'content'>,
): Directory {
  return {
    checkData: (claims, policy) => checkData(claims, policy, { ...rows, content: content() }),
    hasSubject: (sub) => content().users.has(sub),
    admit: (claims, { profile, allowErasedAcl }) =>
      profile !== 'strict' || isCovered(claims, allowErasedAcl, content()) ? 'ok' : 'refused',
  };
}

/**
 * The strict profile: each rule names a data source, table and column that exist, and each data source the
 * token reaches is named by a rule or inherits the user's; `acl: []` needs the configuration's permission.
 */
function isCovered(claims: Claims, allowErasedAcl: boolean, content: Content): boolean {
  const acl = claims.grants?.acl;
  if (!acl) return true;
  if (acl.length === 0) return allowErasedAcl;
  const user = content.users.get(claims.sub);
  if (!user) return false;
  const isMatched = acl.every((rule) => {
    const model = content.models.get(rule.dataSourceTitle);
    return model !== undefined && ruledColumnExists(rule, model);
  });
  const named = new Set(acl.map(({ dataSourceTitle }) => dataSourceTitle));
  const reached = reachedSources(visibleDashboards(claims, user, content).values());
  return isMatched && [...reached].every((title) => named.has(title));
}
