import { fileURLToPath } from 'node:url';
import type { ViewerAssets } from './viewer-assets.ts';

const packages = new URL('../../../', import.meta.url);

/** What the workspace's own build makes. */
export const defaultAssets: ViewerAssets = {
  viewerFolder: fileURLToPath(new URL('viewer/dist', packages)),
  embedScript: fileURLToPath(new URL('embed/dist/vitrine-embed.js', packages)),
};
