import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Everything is a file of its own with a hashed name: the content security policy allows nothing inline. */
export default defineConfig({
  plugins: [react()],
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false }, sourcemap: false, emptyOutDir: true },
});
