import react from '@vitejs/plugin-react'
import { defineProject } from 'vitest/config'
import { graphcacheSchema } from './build/graphcache-schema.ts'

export default defineProject({
  plugins: [react(), graphcacheSchema()],
  // Without the alias vitest loads graphql twice, and graphql refuses a schema made by its other copy.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    name: 'web',
    include: ['test/**/*.test.{ts,tsx}', 'src/**/*.test.{ts,tsx}'],
    globalSetup: ['test/browser/support/announce-chromium.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // What a page shows comes over a network, from a server that other tests keep busy.
    expect: { poll: { timeout: 30_000 } },
  },
})
