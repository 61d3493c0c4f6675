import { Problem } from '@vitrine/token-service';
import type { Services } from './services.ts';
import { sessionRoute } from './session-route.ts';

/** `GET /api/v1/themes/<oid>`: any theme there is; themes hold no secrets. */
export const getTheme = (services: Services) =>
  sessionRoute(services, ({ content, request, response }) => {
    const theme = content.themes.get(String(request.params.oid));
    if (!theme) throw new Problem('not_found');
    response.json(theme);
  });
