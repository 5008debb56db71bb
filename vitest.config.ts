import { defineConfig } from 'vitest/config'

/** What holds for all workspaces; each has a vitest.config.ts of its own for the rest. */
export default defineConfig({
  test: {
    projects: ['server', 'agent', 'cli', 'web'],
    pool: 'forks',
    maxWorkers: 2,
  },
})
