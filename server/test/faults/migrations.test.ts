import { readdir } from 'node:fs/promises'
import { expect } from 'vitest'
import { faultTest } from './fault-test.ts'
import { submitRandomLoad } from './harness/random-load.ts'

const migrations = new URL('../../../prisma/migrations/', import.meta.url)

faultTest(
  'four replicas start together on an empty database',
  { replicas: 4, users: 1, postgres: 'breakable' },
  async (cluster) => {
    const names = (await readdir(migrations, { withFileTypes: true }))
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
    const applied = await cluster.query<{ name: string; steps: number }>(
      `SELECT migration_name AS name, applied_steps_count AS steps FROM _prisma_migrations ORDER BY started_at`,
    )
    expect(applied).toEqual(names.sort().map((name) => ({ name, steps: 1 })))
    await cluster.addAgents(1, 4)
    await submitRandomLoad(cluster, { perUser: 2, operations: [3, 5] })
    return {}
  },
)
