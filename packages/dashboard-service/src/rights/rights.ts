import type { Session } from '@vitrine/charts';
import type { AclRule, DashboardFilter } from '@vitrine/claims';
import type { ContentDashboard } from '../content/content.ts';

/** What a session may do and see, resolved against one content snapshot. */
export interface Rights {
  readonly user: Session['user'];
  readonly abilities: Session['abilities'];
  readonly language: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly theme: Session['theme'];
  /** By oid, in the order of navigation. Everything else is as if it did not exist. */
  readonly dashboards: ReadonlyMap<string, ContentDashboard>;
  /** Rules of each data source that the dashboards reach. A source that is not here cannot be queried. */
  readonly rules: ReadonlyMap<string, readonly AclRule[]>;
  /** The user's own, from the directory alone (TOK-15). */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The filters of `flt`, in place of each dashboard's own. */
  readonly filters: readonly DashboardFilter[] | undefined;
  /** Reached data sources that no rule of a present `acl` restricts (compatible profile, or by permission). */
  readonly erased: readonly string[];
}
