import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The built viewer and loader as files. */
export interface ViewerAssets {
  /** Folder with `index.html` and what it loads. */
  readonly viewerFolder: string;
  /** The loader script of the embedding SDK. */
  readonly embedScript: string;
}

/** The same HTML for a page at this path: it names its files from there, since a proxy may serve all of it under a path of its own. */
export function pageAt(html: string, path: string): string {
  const up = '../'.repeat(path.split('/').length - 2);
  return html.replaceAll('"/assets/viewer/', `"${up}assets/viewer/`);
}

/** The HTML of the viewer, read when first asked for and kept. Undefined where it has not been built. */
export function pageReader({ viewerFolder }: ViewerAssets): () => Promise<string | undefined> {
  let page: Promise<string | undefined> | undefined;
  return () => {
    page ??= readFile(join(viewerFolder, 'index.html'), 'utf8').catch(() => {
      page = undefined;
      return undefined;
    });
    return page;
  };
}
