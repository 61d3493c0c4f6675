import { Problem } from '@vitrine/token-service';
import type { Rights } from '../rights/rights.ts';

/**
 * The title of a data source that the session's dashboards reach; others are as if they did not exist.
 *
 * @throws Problem `not_found`
 */
export function requireSource(rights: Rights, title: unknown): string {
  if (typeof title !== 'string' || !rights.rules.has(title)) throw new Problem('not_found');
  return title;
}
