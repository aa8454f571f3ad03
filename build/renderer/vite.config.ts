import path from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import type { InlineConfig, PluginOption } from 'vite';
import { root } from '../files.ts';
import { singleFile } from './single-file.ts';

export const screens = ['till', 'office', 'portal', 'verify'] as const;
export type Screen = (typeof screens)[number];

const pluginsOf = (screen: Screen): PluginOption[] =>
  screen === 'verify'
    ? [singleFile({ 'service-worker.js': path.join(root, 'renderer/verify/service-worker.js') })]
    : [react(), tailwindcss()];

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
  plugins: pluginsOf(screen),
  // The office derives its calls from the contract and keeps the schemas.
  resolve: screen !== 'office' ? { alias: { zod: path.join(import.meta.dirname, 'without-schemas.ts') } } : {},
  build: {
    outDir,
    emptyOutDir: true,
    // A ticket is checked on whatever phone its holder has.
    target: screen === 'verify' ? ['chrome90', 'safari15'] : 'chrome120',
    sourcemap: false,
    // A data: URL would want a hole in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
