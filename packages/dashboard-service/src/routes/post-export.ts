import { lightTheme } from '@vitrine/charts';
import { mergeFilters } from '@vitrine/jaql';
import { Problem } from '@vitrine/token-service';
import { dashboardView, widgetView } from '../data/dashboard-view.ts';
import { findDashboard, findWidget } from '../data/find-dashboard.ts';
import { runQuery } from '../data/run-query.ts';
import { startingFilters } from '../data/starting-filters.ts';
import { requireFilterAbility, widgetRequest } from '../data/widget-request.ts';
import { contentDisposition } from '../export/content-disposition.ts';
import { exportFile } from '../export/export-file.ts';
import { exportBody } from './bodies.ts';
import { readBody } from './read-body.ts';
import type { Services } from './services.ts';
import { sessionRoute } from './session-route.ts';

/**
 * `POST /api/v1/dashboards/<oid>/export`: the same queries as on the screen, as a file. Where one fails there is
 * no file: a copy with a hole in it would be taken for the whole.
 */
export const postExport = (services: Services) =>
  sessionRoute(services, async ({ session, rights, request, response, body, content, data }) => {
    const dashboard = findDashboard(rights, request.params.oid);
    if (!rights.abilities.export) throw new Problem('ability_missing');
    const { format, widget: oid, filters = [], ...look } = readBody(body, exportBody);
    requireFilterAbility(rights, filters);
    const widgets = oid === undefined ? dashboard.widgets : [findWidget(dashboard, oid)];
    const { locale, timeZone } = rights;
    const { language = rights.language, theme = rights.theme.oid, colors = {} } = look;
    const file = await services.exports.run(session.id, data.signal, async (signal) => {
      const results = await Promise.all(
        widgets
          .filter(({ type }) => type !== 'richtext')
          .map(async (widget) => {
            const asked = widgetRequest(widget, dashboard, filters, data);
            return [widget.oid, await runQuery(asked, { ...data, signal })] as const;
          }),
      );
      const job = {
        dashboard: dashboardView(dashboard, data),
        widgets: widgets.map(widgetView),
        results: new Map(results),
        filters: mergeFilters(startingFilters(dashboard, data), filters),
        theme: content.themes.get(theme) ?? content.themes.get(rights.theme.oid) ?? lightTheme,
        ...{ locale, language, timeZone, colors, now: data.now },
        isSingle: oid !== undefined,
      };
      return exportFile(format, job, services.exports, signal);
    });
    services.metrics.exports.inc({ format });
    const title = oid === undefined ? dashboard.title : (widgets[0]?.title ?? '');
    response
      .type(file.type)
      .set('Content-Disposition', contentDisposition(title, format))
      .send(file.body);
  });
