import { defineProject } from 'vitest/config'

export default defineProject({
  // Without the alias vitest loads graphql twice, and graphql refuses a schema made by its other copy.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    name: 'server',
    include: ['test/**/*.test.ts', 'src/**/*.test.ts'],
    // Files share what they import. To import the server anew for each took half of the time of all tests: a test leaves nothing behind in a module.
    isolate: false,
    setupFiles: ['test/support/nothing-left.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})
