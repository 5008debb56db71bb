import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'

/** A migrated database that only this test file uses. */
export interface TestDatabase {
  readonly url: string
  drop(): Promise<void>
}

export const templateDatabase = 'reckon_template'

/** Clones the migrated template. */
export function createTestDatabase(): Promise<TestDatabase> {
  return create(`TEMPLATE ${templateDatabase}`)
}

/** An empty database, for what makes tables itself. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return create('')
}

async function create(options: string): Promise<TestDatabase> {
  const server = inject('postgresUrl')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await execute(server, `CREATE DATABASE ${name} ${options}`)
  return {
    url: withDatabase(server, name),
    drop: () => drop(server, name),
  }
}

/** Waits for what has said goodbye a moment ago: a pool that has ended would be told of its end by force as an error that nobody hears. */
async function drop(server: string, name: string): Promise<void> {
  try {
    await execute(server, `DROP DATABASE ${name}`)
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && error.code === objectInUse)) throw error
    await execute(server, `DROP DATABASE ${name} WITH (FORCE)`)
  }
}

/** PostgreSQL has waited five seconds for those that are connected. */
const objectInUse = '55006'

export function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
