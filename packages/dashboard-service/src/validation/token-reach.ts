import type { SoundClaims } from '@vitrine/claims';
import type { Content, ContentDashboard, User } from '../content/content.ts';
import { reachedSources } from '../rights/reached-sources.ts';
import { visibleDashboards } from '../rights/visible-dashboards.ts';

/** What a token would show. */
export interface TokenReach {
  readonly user: User | undefined;
  readonly dashboards: ReadonlyMap<string, ContentDashboard>;
  /** Titles of the data sources of the dashboards. */
  readonly sources: ReadonlySet<string>;
  /** False where an unknown user inherits dashboards: then nothing can be said of what is reached. */
  readonly isKnown: boolean;
}

const nobody: User = { id: '', name: '' };

/** Works out which dashboards and data sources claims reach, even where parts of them are wrong. */
export function tokenReach({ sub = '', grants }: SoundClaims, content: Content): TokenReach {
  const res = grants?.res;
  const user = content.users.get(sub);
  const isKnown = user !== undefined || res !== undefined;
  const dashboards = isKnown
    ? visibleDashboards({ sub, grants: res ? { res } : {} }, user ?? nobody, content)
    : new Map<string, ContentDashboard>();
  return { user, dashboards, sources: reachedSources(dashboards.values()), isKnown };
}
