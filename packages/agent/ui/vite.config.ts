import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressed } from './compress.ts';
import { tabScripts } from './tab-scripts.ts';

export default defineConfig({
  plugins: [react(), compressed(), tabScripts()],
  // the window stands at / on a desk, and below /agent/ at a server
  base: './',
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // the content security policy allows no data: but for pictures
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1_000,
  },
});
