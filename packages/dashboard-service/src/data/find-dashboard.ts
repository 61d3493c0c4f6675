import { Problem } from '@vitrine/token-service';
import type { ContentDashboard, ContentWidget } from '../content/content.ts';
import type { Rights } from '../rights/rights.ts';

/**
 * A dashboard out of the session's own set: missing and foreign ones are told apart by nobody (D-14).
 *
 * @throws Problem `not_found`
 */
export function findDashboard(rights: Rights, oid: unknown): ContentDashboard {
  const dashboard = typeof oid === 'string' ? rights.dashboards.get(oid) : undefined;
  if (!dashboard) throw new Problem('not_found');
  return dashboard;
}

/** @throws Problem `not_found` */
export function findWidget(dashboard: ContentDashboard, oid: unknown): ContentWidget {
  const widget = dashboard.widgets.find((candidate) => candidate.oid === oid);
  if (!widget) throw new Problem('not_found');
  return widget;
}
