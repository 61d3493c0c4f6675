declare module 'fontkit' {
  export interface Font {
    hasGlyphForCodePoint(codePoint: number): boolean;
    glyphForCodePoint(codePoint: number): { readonly advanceWidth: number };
  }
  export function openSync(path: string): Font;
}

declare module 'pdfkit' {
  import type { Readable } from 'node:stream';

  export interface PageOptions {
    readonly size?: readonly [number, number];
    readonly margin?: number;
  }

  export default class PDFDocument extends Readable {
    constructor(
      options: PageOptions & {
        readonly autoFirstPage?: boolean;
        readonly lang?: string;
        readonly displayTitle?: boolean;
        readonly info?: Readonly<Record<string, string | Date>>;
      },
    );
    addPage(options?: PageOptions): this;
    registerFont(name: string, path: string): this;
    save(): this;
    restore(): this;
    translate(x: number, y: number): this;
    scale(factor: number): this;
    end(): void;
  }
}

declare module 'svg-to-pdfkit' {
  import type PDFDocument from 'pdfkit';

  export default function svgToPdf(
    document: PDFDocument,
    svg: string,
    x: number,
    y: number,
    options: {
      readonly width?: number;
      readonly height?: number;
      readonly assumePt?: boolean;
      readonly fontCallback: (family: string, isBold: boolean) => string;
      readonly warningCallback: (message: string) => void;
    },
  ): void;
}
