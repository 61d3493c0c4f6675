export type { DashboardActions } from './dashboard-actions.ts';
export { EmbedDashboard } from './embed-dashboard.ts';
export type { EmbedErrorCode } from './embed-error.ts';
export { EmbedError, embedErrors } from './embed-error.ts';
export { EmbedFrame } from './embed-frame.ts';
export type { EmbedOptions, GetWat } from './embed-options.ts';
export type { EmbedEvent, EmbedEventMap } from './events.ts';
export {
  DashboardChangedEvent,
  DashboardLoadedEvent,
  EmbedErrorEvent,
  ExportDoneEvent,
  FiltersChangedEvent,
  FrameResizedEvent,
  TokenExpiredEvent,
  WidgetLoadedEvent,
} from './events.ts';
export type { FrameState } from './frame-view.ts';
