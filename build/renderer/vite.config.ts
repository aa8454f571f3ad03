import path from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import type { InlineConfig } from 'vite';
import { root } from '../files.ts';

export const screens = ['till', 'office'] as const;
export type Screen = (typeof screens)[number];

/**
 * How one page is built. `base` is relative, so the same files serve from the loopback door, from the central server
 * and from a file in the desktop's archive.
 * @param outDir where the files go
 */
export const screenConfig = (screen: Screen, outDir: string): InlineConfig => ({
  configFile: false,
  root: path.join(root, 'renderer', screen),
  base: './',
  publicDir: false,
  logLevel: 'warn',
  plugins: [react(), tailwindcss()],
  // The office derives its calls from the contract and keeps the schemas.
  resolve: screen === 'till' ? { alias: { zod: path.join(import.meta.dirname, 'without-schemas.ts') } } : {},
  build: {
    outDir,
    emptyOutDir: true,
    target: 'chrome120',
    sourcemap: false,
    // A data: URL would want a hole in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
