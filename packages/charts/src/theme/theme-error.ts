/** What is wrong with a theme: a colour that is no `#rgb`/`#rrggbb`, a font list or a size outside what is allowed, a palette too short or long. */
export type ThemeErrorCode = 'theme_color' | 'theme_palette' | 'theme_font' | 'theme_size';

/** A theme that may not be used; `pointer` (RFC 6901) says which part. The message holds no value of the theme. */
export class ThemeError extends Error {
  readonly code: ThemeErrorCode;
  readonly pointer: string;

  constructor(code: ThemeErrorCode, pointer: string, options?: ErrorOptions) {
    super(`${code} at ${pointer}`, options);
    this.name = 'ThemeError';
    this.code = code;
    this.pointer = pointer;
  }
}
