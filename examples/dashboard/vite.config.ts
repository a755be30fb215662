import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { fakeBackend } from './fake/plugin.ts';

/** A running backend to develop against, such as http://127.0.0.1:7007; without it a fake one answers. */
const backend = process.env.FOLLOWSPOT_BACKEND;

/** Puts what is large beside itself once more, compressed, for the backend to send to browsers as it is. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const file of Object.values(bundle)) {
          const source = file.type === 'chunk' ? file.code : file.source;
          if (source.length > 10_000) {
            const fileName = `${file.fileName}.gz`;
            this.emitFile({ type: 'asset', fileName, source: gzipSync(source, { level: 9 }) });
          }
        }
      },
    },
  };
}

export default defineConfig({
  base: './',
  plugins: [react(), compressed(), ...(backend ? [] : [fakeBackend()])],
  server: backend ? { proxy: { '/api': backend } } : {},
  preview: backend ? { proxy: { '/api': backend } } : {},
  build: {
    outDir: 'target/dashboard',
    emptyOutDir: true,
    // Both would be inline, which the page's Content-Security-Policy forbids.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    license: { fileName: 'assets/licenses.md' },
  },
  test: {
    restoreMocks: true,
    unstubGlobals: true,
    testTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: { name: 'model', environment: 'node', include: ['test/{model,log}/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'page',
          environment: 'jsdom',
          include: ['test/{api,components}/*.test.{ts,tsx}'],
          setupFiles: ['test/setup.ts'],
        },
      },
    ],
  },
});
