/**
 * `font_missing`: a text holds letters that no font at hand can draw; `script` names them. `size_limit`: the picture would be
 * larger than what is allowed. `widget_unknown`: the dashboard has no such widget. `pdf_failed`: the PDF writer met markup that it cannot draw.
 */
export type ExportErrorCode = 'font_missing' | 'size_limit' | 'widget_unknown' | 'pdf_failed';

/** Why a file could not be made. The message holds no data of the dashboard. */
export class ExportError extends Error {
  readonly code: ExportErrorCode;

  constructor(code: ExportErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ExportError';
    this.code = code;
  }
}
