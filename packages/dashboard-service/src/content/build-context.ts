import type { ContentModel } from './content.ts';
import type { ContentDraft, Settled } from './content-draft.ts';
import type { DocumentFault } from './read-document.ts';

/** What the checks of one content file need beside the object itself. */
export interface BuildContext {
  readonly draft: ContentDraft;
  /** Absolute path of the content folder. */
  readonly folder: string;
  /** Absolute path of the file. */
  readonly path: string;
  /** Opens a model's data; throws where that fails. */
  readonly openSource: (model: ContentModel) => Promise<void>;
}

/** An object ready to serve, or why it is not. */
export type Built =
  | { readonly settled: Settled; readonly faults: readonly [] }
  | { readonly settled?: undefined; readonly faults: readonly DocumentFault[] };

/** Ends a check: the object where nothing was found. */
export function built(settled: Settled, faults: readonly DocumentFault[]): Built {
  return faults.length === 0 ? { settled, faults: [] } : { faults };
}
