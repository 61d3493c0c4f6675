import type { Session } from '@vitrine/charts';
import type { Services } from './services.ts';
import { sessionRoute } from './session-route.ts';

/** `GET /api/v1/session`: what this session is. */
export const getSession = (services: Services) =>
  sessionRoute(services, ({ rights, response }) => {
    const { user, abilities, language, locale, timeZone, theme, dashboards } = rights;
    const list = [...dashboards.values()].map(({ oid, title }) => ({ oid, title }));
    const session: Session = {
      user,
      abilities,
      language,
      locale,
      timeZone,
      theme,
      dashboards: list,
    };
    response.json(session);
  });
