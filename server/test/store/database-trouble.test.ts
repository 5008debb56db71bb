import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase, type Database } from '../../src/store/database.ts'
import { databaseTroubleOf, type DatabaseTrouble } from '../../src/store/database-trouble.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { whenTestIsDone } from '../support/cleanup.ts'

let testDatabase: TestDatabase
beforeAll(async () => {
  testDatabase = await createTestDatabase()
})
afterAll(() => testDatabase.drop())

function open(url = testDatabase.url): Database {
  const database = openDatabase(
    { connection: { connectionString: url } },
    { applicationName: 'victim', connections: 8, onIdleError: () => undefined },
  )
  whenTestIsDone(() => database.close())
  return database
}

const troubleOf = (run: Promise<unknown>): Promise<DatabaseTrouble | null | 'none'> =>
  run.then(
    () => 'none',
    (error: unknown) => databaseTroubleOf(error),
  )

/** What each way to the database makes of a statement, all of which may fail in forms of their own. */
const ways = (sql: string): [string, (database: Database) => Promise<unknown>][] => [
  ['pg', ({ pool }) => pool.query(sql)],
  ['pg, of clients', ({ reads }) => reads.query(sql)],
  ['Prisma', ({ prisma }) => prisma.$executeRawUnsafe(sql)],
  ['Prisma, in a transaction', ({ prisma }) => prisma.$transaction((one) => one.$executeRawUnsafe(sql))],
]

const models: [string, (database: Database) => Promise<unknown>][] = [
  ['a model of Prisma', ({ prisma }) => prisma.user.findUnique({ where: { email: 'nobody' } })],
]

describe('a database that cannot be reached is away', () => {
  test.each([...ways('SELECT 1'), ...models])('by %s', async (_name, run) => {
    expect(await troubleOf(run(open('postgresql://nobody@127.0.0.1:1/none')))).toBe('away')
    expect(await troubleOf(run(open('postgresql://nobody@localhost:1/none')))).toBe('away')
    expect(await troubleOf(run(open('postgresql://nobody@no.such.host.invalid/none')))).toBe('away')
  })
})

describe('a database that breaks connections off is away', () => {
  test.each(ways('SELECT pg_sleep(60)'))('by %s', async (_name, run) => {
    const broken = troubleOf(run(open()))
    const { pool } = open()
    const sleeping = `FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND state = 'active' AND pid <> pg_backend_pid()`
    await expect.poll(async () => (await pool.query(`SELECT ${sleeping}`)).rowCount, { timeout: 10_000 }).toBe(1)
    await pool.query(`SELECT pg_terminate_backend(pid) ${sleeping}`)
    expect(await broken).toBe('away')
  })
})

describe('one that takes too long is busy', () => {
  test.each(ways('SELECT pg_sleep(60)').slice(1))(
    'by %s',
    async (_name, run) => expect(await troubleOf(run(open()))).toBe('busy'),
    20_000,
  )

  test('so is one that has no connection free', async () => {
    const pool = new pg.Pool({ connectionString: testDatabase.url, max: 1 })
    const client = await pool.connect()
    // From here on: the first may take its time.
    pool.options.connectionTimeoutMillis = 50
    expect(await troubleOf(pool.query('SELECT 1'))).toBe('busy')
    client.release()
    await pool.end()
  })

  test('so is one that gives no answer', async () => {
    const { pool } = open()
    const query = { text: 'SELECT pg_sleep(1)', query_timeout: 50 }
    expect(await troubleOf(pool.query(query))).toBe('busy')
  })
})

describe('one that only reads is that', () => {
  test.each(ways(`INSERT INTO rate_limit (key) VALUES ('k')`))('by %s', async (_name, run) => {
    const { pool } = open()
    const name = new URL(testDatabase.url).pathname.slice(1)
    await pool.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`)
    expect(await troubleOf(run(open()))).toBe('readOnly')
    await pool.query(
      `SET default_transaction_read_only = off; ALTER DATABASE ${name} RESET default_transaction_read_only`,
    )
  })
})

test.each([
  ['08006', 'away'],
  ['53300', 'busy'],
  ['53100', 'full'],
  ['57P01', 'away'],
  ['57P03', 'away'],
  ['40P01', 'busy'],
  ['23505', null],
  ['22003', null],
  ['42P01', null],
  ['P0001', null],
])('the SQLSTATE %s is %s', (code, trouble) => {
  expect(databaseTroubleOf(Object.assign(new Error('from PostgreSQL'), { code }))).toBe(trouble)
})

test('what is wrong with the data, or is a bug, is no trouble of the database', async () => {
  const { pool, prisma } = open()
  expect(await troubleOf(pool.query('SELECT 1/0'))).toBeNull()
  expect(await troubleOf(prisma.$queryRaw`SELECT 1/0`)).toBeNull()
  expect(await troubleOf(prisma.user.findUniqueOrThrow({ where: { email: 'nobody' } }))).toBeNull()
  expect(databaseTroubleOf(new RangeError('Invalid string length'))).toBeNull()
})
