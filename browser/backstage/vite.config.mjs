import { defineConfig } from 'vite';

export default defineConfig({
  root: 'app',
  oxc: { jsx: { runtime: 'automatic' } },
  define: {
    // The configuration comes with the page; see portal.mjs.
    'process.env.APP_CONFIG': 'undefined',
    global: 'globalThis',
  },
  logLevel: 'warn',
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    chunkSizeWarningLimit: 10_000,
    rolldownOptions: {
      onLog(level, log, handle) {
        // Half of the packages say 'use client', which means nothing here.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log);
      },
    },
  },
});
