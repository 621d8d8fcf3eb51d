// Sources → hashed files that a page without any inline script or style can load, all from its own origin.

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  base: '/console/',
  logLevel: 'warn',
  esbuild: { jsx: 'automatic' },
  // One copy of each: GraphQL's classes are compared by identity.
  resolve: {
    dedupe: ['graphql', 'react', 'react-dom'],
    alias: { 'react-style-singleton': source('src/style-singleton.ts') },
  },
  css: {
    postcss: {
      // The system's fonts will do; those of GraphiQL are a third of all bytes.
      plugins: [{ postcssPlugin: 'system-fonts', AtRule: { 'font-face': (rule) => void rule.remove() } }],
    },
  },
  build: {
    target: 'es2022',
    // The polyfill would be one more script, and browsers of this target know how to preload.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
    license: { fileName: 'licenses.md' },
    rollupOptions: {
      // "use client" means something to servers that render React; here everything is the client.
      onwarn: (warning, warn) => warning.code === 'MODULE_LEVEL_DIRECTIVE' || warn(warning),
    },
  },
});
