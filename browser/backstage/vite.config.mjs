import { defineConfig } from 'vite';

export default defineConfig({
  root: 'app',
  oxc: { jsx: { runtime: 'automatic' } },
  define: {
    // The configuration comes with the page; see portal.mjs.
    'process.env.APP_CONFIG': 'undefined',
    global: 'globalThis',
  },
  build: { outDir: '../dist', emptyOutDir: true, reportCompressedSize: false, chunkSizeWarningLimit: 10_000 },
});
