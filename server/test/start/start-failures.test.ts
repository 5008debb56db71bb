import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import path from 'node:path'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { whenTestIsDone } from '../support/cleanup.ts'
import { createEmptyDatabase, createTestDatabase } from '../support/database.ts'
import { describeProcesses } from '../support/processes.ts'
import { startToEnd, type EndOfStart } from '../support/start-to-end.ts'
import { temporaryRoot } from '../support/temporary.ts'
import { createRole } from './roles.ts'

const patience = { timeout: 60_000 }
const secrets = { JWT_SECRET: 'j'.repeat(32), TICKET_SECRET: 't'.repeat(32) }

function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(temporaryRoot(), 'reckon-start-'))
  whenTestIsDone(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** One line, and no stack. */
function expectOneLine({ code, complaint }: EndOfStart, saying: RegExp): void {
  expect(complaint).toMatch(saying)
  expect(complaint.trimEnd().split('\n')).toHaveLength(1)
  expect(complaint).toMatch(/^reckon: /)
  expect(code).toBe(1)
}

describe('a server that cannot start says so in a line, and leaves nothing behind', () => {
  it('where its port is taken, before it makes a database', patience, async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    whenTestIsDone(() => new Promise((resolve) => other.close(resolve)))
    const { port } = other.address() as AddressInfo
    const data = path.join(temporaryFolder(), 'data-folder')
    const end = await startToEnd({ PORT: String(port), RECKON_DATA: data })
    expectOneLine(end, new RegExp(`Port ${port} is in use\\. Stop what runs there, or set PORT`))
    expect(existsSync(data)).toBe(false)
    const watched = await startToEnd({
      PORT: '0',
      METRICS_PORT: String(port),
      METRICS_HOST: '127.0.0.1',
      RECKON_DATA: data,
    })
    expectOneLine(watched, new RegExp(`Port ${port} is in use\\. Stop what runs there, or set METRICS_PORT`))
    expect(existsSync(data)).toBe(false)
  })

  it('where its data folder cannot be made', patience, async () => {
    const file = path.join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    for (const data of [path.join(file, 'data'), '/proc/reckon/data']) {
      expectOneLine(await startToEnd({ PORT: '0', RECKON_DATA: data }), /cannot be written .* set RECKON_DATA/)
      expect(describeProcesses(data)).toEqual([])
    }
  })

  it('where a newer version has migrated the database', patience, async () => {
    const database = await createTestDatabase()
    whenTestIsDone(() => database.drop())
    const client = new pg.Client(database.url)
    await client.connect()
    await client.query(
      "INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('1', '', '2999_future', now())",
    )
    await client.end()
    const environment = { PORT: '0', DATABASE_URL: database.url, LOG_LEVEL: 'info', ...secrets }
    expectOneLine(await startToEnd(environment), /migrated by a newer version \(2999_future\)\. .*ALLOW_NEWER_DATABASE/)
    expect(await startToEnd({ ...environment, ALLOW_NEWER_DATABASE: 'true' })).toEqual({ code: 0, complaint: '' })
  })

  it('where its role may not make tables', patience, async () => {
    const database = await createEmptyDatabase()
    whenTestIsDone(() => database.drop())
    const url = await createRole(database.url, '')
    const end = await startToEnd({ PORT: '0', DATABASE_URL: url, ...secrets })
    expectOneLine(end, /may not make tables in the schema "public" .* GRANT USAGE, CREATE ON SCHEMA/)
  })
})

it('says of what it was told in vain that it does nothing', patience, async () => {
  const end = await startToEnd({
    PORT: '0',
    DATABASE_URL: 'postgresql://x@127.0.0.1:1/x',
    RECKON_AGENTS: '3',
    ...secrets,
  })
  expect(end.complaint).toMatch(/^reckon: RECKON_AGENTS does nothing where DATABASE_URL is set/)
  expect(end.complaint).toMatch(/Cannot reach the database "x" at 127\.0\.0\.1:1 .*Check DATABASE_URL/)
})
