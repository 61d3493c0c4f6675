export { start } from './boot/start.ts';
export { type OpenRequest, Viewer, type ViewerOptions } from './effects/viewer.ts';
export { filtersInForce } from './filters/filters-in-force.ts';
export { enUS } from './i18n/en-US.ts';
export { ViewerError, type ViewerErrorCode, viewerErrorCodes } from './viewer-error.ts';
