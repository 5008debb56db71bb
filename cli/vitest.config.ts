import { defineProject } from 'vitest/config'

export default defineProject({
  // Without the alias vitest loads graphql twice, and graphql refuses a schema made by its other copy.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    name: 'cli',
    include: ['test/**/*.test.ts', 'src/**/*.test.ts'],
    // Its tests drive a real server, as the server's own do, on the PostgreSQL that those bring.
    globalSetup: ['../server/test/support/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})
