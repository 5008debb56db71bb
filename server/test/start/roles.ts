import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { whenTestIsDone } from '../support/cleanup.ts'

/** Makes a role that may sign in, and nothing else but what `options` says. Gives the address of a database as this role. */
export async function createRole(databaseUrl: string, options: string): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await run(databaseUrl, `CREATE ROLE ${name} LOGIN PASSWORD 'a password' ${options}`)
  whenTestIsDone(() => run(databaseUrl, `DROP OWNED BY ${name}; DROP ROLE ${name}`))
  const url = new URL(databaseUrl)
  url.username = name
  url.password = 'a password'
  return url.href
}

export async function run(databaseUrl: string, sql: string): Promise<void> {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
