export { ExportError, type ExportErrorCode, exportErrors } from './export-error.ts';
export { type FontFace, packagedFonts } from './fonts/font-face.ts';
export type { DashboardPicture, PictureOptions, WidgetPicture } from './page/picture-options.ts';
export { renderDashboardPdf, renderWidgetPdf } from './render-pdf.ts';
export { renderDashboardPng, renderWidgetPng } from './render-png.ts';
export { describeFilter } from './text/describe-filter.ts';
