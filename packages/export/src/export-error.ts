/** Every code of this package with what it means. */
export const exportErrors = {
  font_missing: 'A text holds letters that no font at hand can draw; `script` names them.',
  size_limit: 'The picture would be larger than what is allowed.',
  widget_unknown: 'The dashboard has no such widget.',
  pdf_failed: 'The PDF writer met markup that it cannot draw.',
} as const;

export type ExportErrorCode = keyof typeof exportErrors;

/** Why a file could not be made. The message holds no data of the dashboard. */
export class ExportError extends Error {
  readonly code: ExportErrorCode;

  constructor(code: ExportErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ExportError';
    this.code = code;
  }
}
