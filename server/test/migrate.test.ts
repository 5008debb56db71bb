import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '../src/store/migrate/migrate.ts'
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from './support/database.ts'

const committed = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

let database: TestDatabase
let pool: pg.Pool
let directory: string

beforeEach(async () => {
  database = await createEmptyDatabase()
  pool = new pg.Pool({ connectionString: database.url })
  directory = await mkdtemp(path.join(tmpdir(), 'reckon-migrations-'))
})

afterEach(async () => {
  await pool.end()
  await database.drop()
  await rm(directory, { recursive: true })
})

async function write(name: string, sql: string): Promise<void> {
  await mkdir(path.join(directory, name), { recursive: true })
  await writeFile(path.join(directory, name, 'migration.sql'), sql)
}

async function readRows(table: string): Promise<unknown[]> {
  return (await pool.query(`SELECT * FROM ${table}`)).rows
}

describe('migrate', () => {
  it('applies the committed migrations to an empty database, and then nothing', async () => {
    await cp(committed, directory, { recursive: true })
    const first = await migrate(pool, directory)
    expect(first).toMatchObject({ kind: 'migrated', newer: [] })
    expect(await readRows('expression')).toEqual([])
    expect(await migrate(pool, directory)).toEqual({ kind: 'migrated', applied: [], newer: [] })
  })

  it('finds the template of the tests up to date', async () => {
    const clone = await createTestDatabase()
    const clonePool = new pg.Pool({ connectionString: clone.url })
    expect(await migrate(clonePool, committed)).toEqual({ kind: 'migrated', applied: [], newer: [] })
    await clonePool.end()
    await clone.drop()
  })

  it('applies in the order of names and leaves the record that Prisma would', async () => {
    await write('2_second', 'ALTER TABLE thing ADD COLUMN b int')
    await write('1_first', 'CREATE TABLE thing (a int);\nINSERT INTO thing VALUES (1);')
    expect(await migrate(pool, directory)).toEqual({ kind: 'migrated', applied: ['1_first', '2_second'], newer: [] })
    expect(await readRows('thing')).toEqual([{ a: 1, b: null }])
    const { rows } = await pool.query(
      `SELECT migration_name, checksum, applied_steps_count, logs, rolled_back_at, started_at <= finished_at AS finished
         FROM _prisma_migrations ORDER BY started_at`,
    )
    expect(rows).toEqual([
      {
        migration_name: '1_first',
        // `sha256sum` of the file.
        checksum: '2382d06b51b6c0e85996b2a6155169c59abadcb8f2d33e974800e4d6cb210eff',
        applied_steps_count: 1,
        logs: null,
        rolled_back_at: null,
        finished: true,
      },
      expect.objectContaining({ migration_name: '2_second', finished: true }),
    ])
  })

  it('applies once when many replicas start at once', async () => {
    // The second statement fails where the migration runs twice.
    await write('1_once', 'SELECT pg_sleep(0.1); CREATE TABLE thing (a int);')
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => migrate(pool, directory)))
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(Array(8).fill('migrated'))
    expect(outcomes.filter((outcome) => outcome.kind === 'migrated' && outcome.applied.length > 0)).toHaveLength(1)
    expect(await readRows('_prisma_migrations')).toHaveLength(1)
  })

  it('refuses a migration that was edited after it was applied', async () => {
    await write('1_first', 'CREATE TABLE thing (a int)')
    await migrate(pool, directory)
    await write('1_first', 'CREATE TABLE thing (a bigint)')
    await write('2_second', 'CREATE TABLE other (a int)')
    expect(await migrate(pool, directory)).toEqual({ kind: 'edited', migration: '1_first' })
    await expect(readRows('other')).rejects.toThrow('does not exist')
  })

  it('rolls a failing migration back whole, and goes on once it is mended', async () => {
    await write('1_first', 'CREATE TABLE thing (a int)')
    await write('2_second', 'CREATE TABLE other (a int); SELECT 1/0;')
    expect(await migrate(pool, directory)).toEqual({
      kind: 'failed',
      migration: '2_second',
      reason: 'division by zero',
      applied: ['1_first'],
    })
    await expect(readRows('other')).rejects.toThrow('does not exist')
    await write('2_second', 'CREATE TABLE other (a int)')
    expect(await migrate(pool, directory)).toMatchObject({ kind: 'migrated', applied: ['2_second'] })
  })

  it('refuses while a migration stands half finished', async () => {
    await write('1_first', 'CREATE TABLE thing (a int); COMMIT; SELECT 1/0;')
    expect(await migrate(pool, directory)).toMatchObject({ kind: 'failed' })
    expect(await migrate(pool, directory)).toEqual({ kind: 'unfinished', migration: '1_first', logs: null })
    await pool.query('UPDATE _prisma_migrations SET rolled_back_at = now()')
    await write('1_first', 'CREATE TABLE another (a int)')
    expect(await migrate(pool, directory)).toMatchObject({ kind: 'migrated', applied: ['1_first'] })
  })

  it('goes on where a newer server has migrated the database further, if that was allowed, and else applies nothing', async () => {
    await write('1_first', 'CREATE TABLE thing (a int)')
    await write('2_second', 'CREATE TABLE other (a int)')
    await migrate(pool, directory)
    await rm(path.join(directory, '2_second'), { recursive: true })
    await write('3_third', 'CREATE TABLE third (a int)')
    expect(await migrate(pool, directory)).toEqual({ kind: 'newer', migrations: ['2_second'] })
    await expect(readRows('third')).rejects.toThrow('does not exist')
    const allowed = await migrate(pool, directory, { allowNewer: true })
    expect(allowed).toEqual({ kind: 'migrated', applied: ['3_third'], newer: ['2_second'] })
  })

  it('keeps its lock from outliving it', async () => {
    await migrate(pool, directory)
    const { rows } = await pool.query(
      "SELECT count(*)::int AS held FROM pg_locks WHERE locktype = 'advisory' AND objid = 72707369",
    )
    expect(rows).toEqual([{ held: 0 }])
  })
})
