/** Every code of a theme that may not be used. */
export const themeErrors = {
  theme_color: 'A colour is not `#rgb` or `#rrggbb`.',
  theme_palette: 'The palette is too short or too long.',
  theme_font: 'A list of fonts is outside what is allowed.',
  theme_size: 'A size is outside what is allowed.',
} as const;

export type ThemeErrorCode = keyof typeof themeErrors;

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
