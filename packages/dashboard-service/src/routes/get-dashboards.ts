import { dashboardView, widgetView } from '../data/dashboard-view.ts';
import { findDashboard, findWidget } from '../data/find-dashboard.ts';
import type { Services } from './services.ts';
import { sessionRoute } from './session-route.ts';

/** `GET /api/v1/dashboards`: those the session may open. */
export const getDashboards = (services: Services) =>
  sessionRoute(services, ({ rights, response }) => {
    response.json(
      [...rights.dashboards.values()].map(({ oid, title, description }) => ({
        oid,
        title,
        ...(description === undefined ? {} : { description }),
      })),
    );
  });

/** `GET /api/v1/dashboards/<oid>` */
export const getDashboard = (services: Services) =>
  sessionRoute(services, ({ rights, request, response, data }) => {
    response.json(dashboardView(findDashboard(rights, request.params.oid), data));
  });

/** `GET /api/v1/dashboards/<oid>/widgets/<oid>` */
export const getWidget = (services: Services) =>
  sessionRoute(services, ({ rights, request, response }) => {
    const dashboard = findDashboard(rights, request.params.oid);
    response.json(widgetView(findWidget(dashboard, request.params.widget)));
  });
