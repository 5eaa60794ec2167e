import path from 'node:path';
import { build, type Plugin } from 'vite';

const source = path.resolve(import.meta.dirname, '../../sdk/src/tab');

const scripts = [
  { entry: 'tab.ts', file: 'tab.js', format: 'es' },
  { entry: 'classic.ts', file: 'tab-classic.js', format: 'iife' },
] as const;

/** Builds what a page in a web tab loads from the window's server: one file each, whose name never changes. */
export const tabScripts = (): Plugin => ({
  name: 'tab-scripts',
  async writeBundle({ dir = 'dist' }) {
    for (const { entry, file, format } of scripts)
      await build({
        configFile: false,
        logLevel: 'error',
        build: {
          outDir: dir,
          emptyOutDir: false,
          target: 'es2022',
          lib: {
            entry: path.join(source, entry),
            name: 'cordboard',
            formats: [format],
            fileName: () => file,
          },
        },
      });
  },
});
