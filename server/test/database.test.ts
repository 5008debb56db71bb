import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readAddress } from '../src/store/connection/address.ts'
import { lookAtDatabase } from '../src/store/connection/look.ts'
import { openDatabase } from '../src/store/database.ts'
import { createTestDatabase, type TestDatabase, withDatabase } from './support/database.ts'

const idleErrors: Error[] = []
const options = {
  applicationName: 'database test',
  connections: 8,
  onIdleError: (error: Error) => idleErrors.push(error),
}

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.drop())

describe('openDatabase', () => {
  it('serves models and SQL from one pool', async () => {
    const database = openDatabase({ connection: { connectionString: test.url } }, options)
    const { rows } = await database.pool.query('SELECT count(*) AS count, current_setting($1) AS name FROM replica', [
      'application_name',
    ])
    expect(rows).toEqual([{ count: 0, name: 'database test' }])
    expect(await database.prisma.replica.count()).toBe(0)
    expect(database.pool.totalCount).toBe(1)
    await database.close()
  })

  it('reads int8 as a number, and refuses one that would lose digits', async () => {
    const database = openDatabase({ connection: { connectionString: test.url } }, options)
    expect((await database.pool.query('SELECT 9007199254740991::int8 AS value')).rows).toEqual([{ value: 2 ** 53 - 1 }])
    await expect(database.pool.query('SELECT 9007199254740993::int8 AS value')).rejects.toThrow('does not fit')
    await database.close()
  })

  it('outlives the loss of its idle connections', async () => {
    const database = openDatabase({ connection: { connectionString: test.url } }, options)
    const other = openDatabase(
      { connection: { connectionString: test.url } },
      { ...options, applicationName: 'killer' },
    )
    await database.pool.query('SELECT 1')
    const lost = new Promise((resolve) => database.pool.once('error', resolve))
    await other.pool.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'database test' AND datname = current_database()",
    )
    await lost
    expect(idleErrors.map((error) => error.message)).toContain('terminating connection due to administrator command')
    expect((await database.pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
    await database.close()
    await other.close()
  })
})

describe('lookAtDatabase', () => {
  async function reach(url: string) {
    const address = readAddress(url)
    return address.kind === 'address' ? lookAtDatabase(address, 24) : address
  }

  it('tells that a database is there', async () => {
    expect(await reach(test.url)).toMatchObject({ kind: 'seen', schema: 'public', summary: { tls: 'none' } })
  })

  it('names host, port and reason where nothing listens', async () => {
    const port = await closedPort()
    expect(await reach(`postgresql://user:hunter2@localhost:${port}/x`)).toEqual({
      kind: 'unreachable',
      host: 'localhost',
      port,
      database: 'x',
      reason: expect.stringMatching(/^connect ECONNREFUSED /) as string,
      advice: 'Check DATABASE_URL and that PostgreSQL is running.',
    })
  })

  it('tells of a wrong password without naming it', async () => {
    const url = new URL(test.url)
    url.password = 'hunter2'
    const outcome = await reach(url.href)
    expect(outcome).toMatchObject({ reason: 'password authentication failed for user "postgres"' })
    expect(JSON.stringify(outcome)).not.toContain('hunter2')
  })

  it('tells of a database that does not exist', async () => {
    expect(await reach(withDatabase(test.url, 'nowhere'))).toMatchObject({
      database: 'nowhere',
      reason: 'database "nowhere" does not exist',
    })
  })
})

function closedPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
