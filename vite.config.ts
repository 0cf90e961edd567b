import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

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

/** A packet of the network holds about as much: packing less saves nothing. */
const WORTH_PACKING_BYTES = 1024

/** Writes `.br` and `.gz` beside every script, style and text, so that the server packs nothing while people wait. */
const packed = (): Plugin => ({
  name: 'okno-packed',
  apply: 'build',
  async writeBundle({ dir = '' }, bundle) {
    const packings = [
      { ending: 'br', pack: promisify(brotliCompress) },
      { ending: 'gz', pack: promisify(gzip) },
    ]
    for (const [name, output] of Object.entries(bundle)) {
      const content = Buffer.from(output.type === 'chunk' ? output.code : output.source)
      if (content.length < WORTH_PACKING_BYTES || !/\.(js|css|json|svg)$/.test(name)) continue
      for (const { ending, pack } of packings) await writeFile(path.join(dir, `${name}.${ending}`), await pack(content))
    }
  },
})

/** The operator's window: app/web → dist/web. */
export default defineConfig({
  root: 'app/web',
  plugins: [react(), packed()],
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
        codeSplitting: {
          groups: [
            // Changes only with the libraries.
            {
              name: 'base',
              priority: 1,
              test: /\/node_modules\/(react|react-dom|scheduler|react-i18next|i18next|@tanstack\/(?!react-virtual|virtual-core)[\w-]+|@floating-ui\/[\w-]+)\//,
            },
            // All else that the window starts with, in one file: it packs a tenth smaller than eighty little ones.
            { name: 'frame', tags: ['$initial'] },
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
