export type {
  Content,
  ContentDashboard,
  ContentModel,
  ContentProblem,
  ContentWidget,
} from './content/content.ts';
export {
  createDashboardService,
  type DashboardService,
  type DashboardServiceConfig,
} from './create-dashboard-service.ts';
export { EnvironmentError } from './environment/environment-error.ts';
export { type Environment, readEnvironment } from './environment/read-environment.ts';
export type { ViewerAssets } from './pages/viewer-assets.ts';
export { createHttpServer, listenerErrors } from './server/create-http-server.ts';
export { type RunningService, runService } from './server/run-service.ts';
