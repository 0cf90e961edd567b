import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The server that `npm run dev` starts beside this one. */
const SERVER = `http://localhost:${process.env.PORT ?? 8080}`
const PASSED_ON = [
  '/api',
  '/socket.io',
  '/in',
  '/f',
  '/chat',
  '/chat-demo',
  '/chat-demo.css',
  '/widget.js',
  '/healthz',
  '/readyz',
  '/metrics',
]

/** The operator's window: app/web → dist/web. */
export default defineConfig({
  root: 'app/web',
  plugins: [react()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    // One file for the whole window, loaded once; the warning is meant for pages of strangers.
    chunkSizeWarningLimit: 2_000,
    reportCompressedSize: false,
    // Our own modules only define things. Told so, the bundler takes from a door what a screen uses and leaves the rest to later screens.
    rolldownOptions: {
      treeshake: { moduleSideEffects: [{ test: /\/(platform|modules)\/.*\.tsx?$/, sideEffects: false }] },
      output: {
        // What every screen needs, in one file: it compresses better than twenty small ones, and changes only with the libraries.
        codeSplitting: {
          groups: [
            {
              name: 'base',
              test: /\/node_modules\/(react|react-dom|scheduler|react-i18next|i18next|@tanstack\/(?!react-virtual|virtual-core)[\w-]+|@floating-ui\/[\w-]+)\//,
            },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    proxy: Object.fromEntries(
      PASSED_ON.map((path) => [`^${path}(/|$|\\?)`, { target: SERVER, ws: path === '/socket.io' }]),
    ),
  },
})
