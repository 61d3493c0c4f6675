import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/**
 * The viewer's page and assets, as the service hands them out under `/assets/viewer/`. Nothing is inlined: the page runs
 * under a policy without inline scripts, inline styles or `data:` fonts.
 */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/assets/viewer/',
  experimental: {
    // Files name each other from where they lie, so that a proxy may serve all of it under a path.
    renderBuiltUrl: (name, { hostType }) =>
      hostType === 'html' ? `/assets/viewer/${name}` : { relative: true },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    assetsDir: '.',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    reportCompressedSize: true,
  },
});
