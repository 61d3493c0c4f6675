import { lightTheme } from '@vitrine/charts';
import { abilitiesOf, type Language, languages, themeOf } from '@vitrine/claims';
import { type LiveSession, Problem } from '@vitrine/token-service';
import type { Content, User } from '../content/content.ts';
import { reachedSources } from './reached-sources.ts';
import type { Rights } from './rights.ts';
import { sourceRules } from './source-rules.ts';
import { visibleDashboards } from './visible-dashboards.ts';

/**
 * What a session may do and see under this content. Absent claims inherit from the user, empty ones mean
 * none, values replace (TOK-4). The role is always that of a viewer, whatever the user is elsewhere (LNK-5).
 *
 * @throws Problem `subject_unknown` where the user is no longer in the directory (E-9)
 */
export function resolveRights(session: LiveSession, content: Content): Rights {
  const { claims } = session;
  const user = content.users.get(session.sub);
  if (!user) throw new Problem('subject_unknown');
  const dashboards = visibleDashboards(claims, user, content);
  const { settings } = content;
  const asked = knownLanguage(session.language) ?? claims.lng;
  const language = asked ?? user.language ?? settings.language ?? 'en-US';
  return {
    user: { id: user.id, name: user.name },
    abilities: abilitiesOf(claims),
    language,
    locale: claims.loc ?? user.locale ?? asked ?? settings.locale ?? language,
    timeZone: user.timeZone ?? readerTimeZone(session) ?? settings.timeZone ?? 'UTC',
    theme: themeFor(session, user, content),
    dashboards,
    parameters: user.parameters ?? {},
    filters: claims.grants?.flt,
    ...sourceRules(session, user, content, reachedSources(dashboards.values())),
  };
}

function themeFor(
  { embedTheme, claims }: LiveSession,
  user: User,
  content: Content,
): Rights['theme'] {
  const groups = (user.groups ?? []).map((id) => content.groups.get(id)?.theme);
  return themeOf({
    ...(embedTheme === undefined ? {} : { embed: embedTheme }),
    ...(claims.thm === undefined ? {} : { token: claims.thm }),
    groups: [user.theme, ...groups],
    system: systemTheme(content),
    exists: (oid) => content.themes.has(oid),
  });
}

/** What the reader's browser named; `UTC` also stands for none. */
function readerTimeZone({ timeZone }: LiveSession): string | undefined {
  return timeZone === 'UTC' ? undefined : timeZone;
}

/** The theme of the settings, else the first of the folder, else the built-in one. */
function systemTheme({ settings, themes }: Content): string {
  return settings.theme ?? themes.keys().next().value ?? lightTheme.oid;
}

function knownLanguage(language: string | undefined): Language | undefined {
  return languages.find((known) => known === language);
}
