import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const own = (name) => fileURLToPath(new URL(`./src/${name}`, import.meta.url));

export default defineConfig({
  base: '/explorer/',
  resolve: {
    alias: [
      { find: /^monaco-editor\/esm\/vs\/editor\/edcore\.main\.js$/, replacement: own('monaco-core.js') },
      { find: /^\.{1,2}\/utility\/jsonc\.js$/, replacement: own('jsonc.js') },
    ],
  },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 4000,
    // The built files are committed: names depend on nothing but the content.
    sourcemap: false,
    assetsInlineLimit: 0,
    rolldownOptions: {
      onLog(level, log, report) {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log); // "use client" means nothing here
      },
    },
  },
  worker: { format: 'es' },
});
