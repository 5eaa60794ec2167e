import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // the content security policy allows no data: but for pictures
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1_000,
  },
});
