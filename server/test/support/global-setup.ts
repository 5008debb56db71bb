import { mkdtemp, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { describeEmbeddedProblem } from '../../src/embedded/problem.ts'
import { isAlive } from '../../src/embedded/process.ts'
import { startEmbeddedPostgres } from '../../src/embedded/start.ts'
import { openDatabase } from '../../src/store/database.ts'
import { describeMigration, migrate } from '../../src/store/migrate/migrate.ts'
import { templateDatabase, withDatabase } from './database.ts'
import { startGuardian } from './guardian.ts'
import { temporaryRoot } from './temporary.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The PostgreSQL of this run of the tests, as its superuser. */
    postgresUrl: string
  }
}

const migrations = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url))
const prefix = 'reckon-test-'

/** One PostgreSQL for a run of the tests, with a migrated database that each test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeLeftovers()
  const directory = await mkdtemp(path.join(temporaryRoot(), `${prefix}${process.pid}-`))
  // Tests of durability ask for what production has; for all others it would only cost time.
  const isDurable = process.env['RECKON_TEST_FSYNC'] === 'on'
  const guard = startGuardian(directory)
  const postgres = await startEmbeddedPostgres({
    directory,
    guard,
    log: console.error,
    settings: isDurable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
  })
  if (postgres.kind === 'failed') throw new Error(describeEmbeddedProblem(postgres.problem))
  const stop = async () => {
    await postgres.stop()
    await guard.stop()
    await rm(directory, { recursive: true, force: true })
  }
  try {
    await createTemplate(postgres.url)
  } catch (error) {
    await stop()
    throw error
  }
  project.provide('postgresUrl', postgres.url)
  return stop
}

async function createTemplate(url: string): Promise<void> {
  const options = { applicationName: 'test setup', connections: 8, onIdleError: console.error }
  const server = openDatabase({ connection: { connectionString: url } }, options)
  await server.pool.query(`CREATE DATABASE ${templateDatabase}`)
  await server.close()
  const template = openDatabase({ connection: { connectionString: withDatabase(url, templateDatabase) } }, options)
  const outcome = await migrate(template.pool, migrations)
  // A database with connections cannot be cloned.
  await template.close()
  if (outcome.kind !== 'migrated') throw new Error(describeMigration(outcome))
}

/** Ends the servers of earlier runs that were killed, by the means that a killed Reckon has: adopt, then stop. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(temporaryRoot())) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1]
    if (pid === undefined || isAlive(Number(pid))) continue
    const directory = path.join(temporaryRoot(), name)
    const leftover = await startEmbeddedPostgres({ directory, log: console.error })
    if (leftover.kind === 'started') await leftover.stop()
    await rm(directory, { recursive: true, force: true })
  }
}
