import PDFDocument from 'pdfkit';
import svgToPdf from 'svg-to-pdfkit';
import { ExportError } from '../export-error.ts';
import { type FontFace, packagedFonts } from '../fonts/font-face.ts';
import { setFonts } from '../fonts/set-fonts.ts';
import type { DashboardPicture } from './picture-options.ts';

/** A PDF in the making. */
export interface PdfPages {
  /** Draws a page from an SVG document of this size in px, fitted to the page's inner width. */
  addPage(svg: string, size: { readonly width: number; readonly height: number }): void;
  finish(): Promise<Uint8Array>;
}

/** A PDF to be filled page by page; only the letters in use go into it. */
export function pdfDocument(
  picture: DashboardPicture,
  page: { readonly width: number; readonly height: number; readonly margin: number },
): PdfPages {
  const { theme, dashboard, locale, now, fonts = [] } = picture;
  const document = new PDFDocument({
    size: [page.width, page.height],
    margin: 0,
    autoFirstPage: false,
    lang: picture.language ?? locale,
    displayTitle: true,
    info: {
      Title: dashboard.title.toWellFormed(),
      Creator: 'Vitrine',
      Producer: 'Vitrine',
      CreationDate: now,
    },
  });
  const faces = [...fonts, ...packagedFonts];
  const registered = new Set<FontFace>();
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise<Uint8Array>((resolve, reject) => {
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });

  function draw(svg: string, x: number, y: number, width: number, height: number): void {
    const fonted = setFonts(svg, faces, locale);
    for (const face of fonted.faces) {
      if (registered.has(face)) continue;
      registered.add(face);
      document.registerFont(`${face.family} regular`, face.regular);
      document.registerFont(`${face.family} bold`, face.bold ?? face.regular);
    }
    svgToPdf(document, fonted.svg, x, y, {
      width,
      height,
      assumePt: true,
      fontCallback: (family, isBold) =>
        `${family.replaceAll('"', '')} ${isBold ? 'bold' : 'regular'}`,
      warningCallback: () => {
        throw new ExportError('pdf_failed', 'The PDF writer met markup that it cannot draw');
      },
    });
  }

  return {
    addPage(svg, size) {
      document.addPage({ size: [page.width, page.height], margin: 0 });
      if (theme.mode === 'dark')
        draw(ground(theme.colors.background, page), 0, 0, page.width, page.height);
      const width = page.width - page.margin * 2;
      draw(svg, page.margin, page.margin, width, (width * size.height) / size.width);
    },
    finish() {
      document.end();
      return done;
    },
  };
}

/** Paper stays white under a light theme. */
function ground(color: string, { width, height }: { width: number; height: number }): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="${color}"/></svg>`;
}
