import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { VitePWA } from 'vite-plugin-pwa';

// Where `npx vite` finds a running service while a page is being written.
const service = process.env.LEITAI_URL ?? 'http://127.0.0.1:8080';

// Everybody's first two pages: their files are fetched beside those of the
// frame, not after them, which on a slow line is a round trip less.
const first = ['/src/pages/signin/signin.tsx', '/src/pages/home/home.tsx'];

function early(): Plugin {
  return {
    name: 'early',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        const files = new Set<string>();
        const add = (file: string) => {
          const chunk = bundle?.[file];
          if (chunk?.type !== 'chunk' || files.has(file)) return;
          files.add(file);
          chunk.imports.forEach(add);
        };
        for (const at of first) for (const chunk of Object.values(bundle ?? {})) if (chunk.type === 'chunk' && chunk.facadeModuleId?.endsWith(at)) add(chunk.fileName);
        return [...files].filter((file) => !html.includes(file)).map((file) => ({ tag: 'link', attrs: { rel: 'modulepreload', crossorigin: true, href: `/console/${file}` }, injectTo: 'head' as const }));
      },
    },
  };
}

export default defineConfig({
  base: '/console/',
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  plugins: [
    react(),
    early(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'sw.ts',
      injectRegister: false,
      manifest: {
        id: '/console/',
        name: '擂台',
        short_name: '擂台',
        description: '村级擂台比武：评分、公示、异议、通报',
        lang: 'zh-Hans',
        start_url: '/console/',
        scope: '/console/',
        display: 'standalone',
        background_color: '#ffffff',
        theme_color: '#b3261e',
        shortcuts: [{ name: '现场评分', url: '/console/judge' }, { name: '本村成绩', url: '/console/village' }],
        icons: [
          { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
      injectManifest: { globPatterns: ['**/*.{js,css,html,png,svg}'], globIgnores: ['**/chart-*.js'], maximumFileSizeToCacheInBytes: 3_000_000 },
    }),
  ],
  server: { proxy: Object.fromEntries(['/graphql', '/auth', '/documents', '/evidence', '/imports', '/forms', '/exports', '/export', '/signup', '/archives'].map((at) => [at, { target: service, ws: at === '/graphql' }])) },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
  },
  test: { environment: 'jsdom', setupFiles: ['src/testing/setup.ts'], globals: false, css: false },
});
