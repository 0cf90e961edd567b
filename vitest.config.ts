import { defineConfig } from 'vitest/config'

// One PostgreSQL for the whole run; each test file clones its own database (tests/support/database.ts).
const globalSetup = ['tests/support/global-setup.ts']

// Two files run beside each other on two cores, and PostgreSQL beside them.
const expect = { poll: { timeout: 30_000 } }

// One process runs many files and loads the product's code once: a third of the processor time of all tests was loading it again for each file.
const isolate = false

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'server',
          include: ['**/*.test.ts'],
          exclude: ['node_modules/**', 'dist/**', 'data/**', 'tests/browser/**'],
          globalSetup,
          expect,
          isolate,
          // Much of a test is waiting for protocols: two files at once keep two cores busy.
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup,
          expect,
          isolate,
          // A whole product and a Chromium per file: two at once would measure each other's load.
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
