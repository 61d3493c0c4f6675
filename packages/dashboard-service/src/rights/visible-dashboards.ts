import { type Claims, dashboardsOf } from '@vitrine/claims';
import type { Content, ContentDashboard, User } from '../content/content.ts';

/**
 * The dashboards a token opens (TOK-7): those of `res` whatever is shared with the user, or else those
 * shared with the user now.
 */
export function visibleDashboards(
  claims: Claims,
  user: User,
  content: Content,
): ReadonlyMap<string, ContentDashboard> {
  const granted = dashboardsOf(claims);
  const dashboards = granted
    ? granted.flatMap((oid) => content.dashboards.get(oid) ?? [])
    : [...content.dashboards.values()].filter((dashboard) => isShared(dashboard, user));
  return new Map(dashboards.map((dashboard) => [dashboard.oid, dashboard]));
}

function isShared({ sharedWith }: ContentDashboard, user: User): boolean {
  if (sharedWith.everyone) return true;
  if (sharedWith.users?.includes(user.id)) return true;
  return (user.groups ?? []).some((group) => sharedWith.groups?.includes(group));
}
