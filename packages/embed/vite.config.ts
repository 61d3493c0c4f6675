import { defineConfig, type Plugin } from 'vite';

/** Takes the line breaks and blanks out of the one style sheet, which no minifier sees as such. */
const squeezeStyles: Plugin = {
  name: 'squeeze-styles',
  transform: (code, id) =>
    id.endsWith('.styles.ts')
      ? code
          .replace(/\s+/g, ' ')
          .replace(/ ?([{};,]) ?/g, '$1')
          .replace(/;}/g, '}')
          .replace(/: /g, ':')
      : undefined,
};

/** One file for a script tag: `dist/vitrine-embed.js`, which defines the element and exports the package. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [squeezeStyles],
  // Whatever NODE_ENV says: the development build of Lit is never shipped.
  resolve: { conditions: ['module', 'browser', 'production'] },
  build: {
    target: 'es2022',
    modulePreload: false,
    rolldownOptions: {
      input: 'src/define.ts',
      preserveEntrySignatures: 'strict',
      // Library mode keeps the blanks of ES modules, so this is an ordinary build with one entry.
      output: { entryFileNames: 'vitrine-embed.js', minify: true },
    },
  },
});
