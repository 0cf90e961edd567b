import { defineConfig } from 'vite'

/** The chat on customers' sites: one script without dependencies at run time, app/widget → dist/widget/widget.js. */
export default defineConfig({
  publicDir: false,
  build: {
    outDir: 'dist/widget',
    emptyOutDir: true,
    target: 'es2020',
    lib: { entry: 'app/widget/main.ts', name: 'OknoWidget', formats: ['iife'], fileName: () => 'widget.js' },
  },
})
