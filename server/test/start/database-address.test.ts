import { mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { readAddress } from '../../src/store/connection/address.ts'
import { lanesOf } from '../../src/store/connection/lanes.ts'
import { lookAtDatabase } from '../../src/store/connection/look.ts'
import { whenFileIsDone, whenTestIsDone } from '../support/cleanup.ts'
import { createEmptyDatabase } from '../support/database.ts'
import { ending, setDurations, submit } from '../support/expressions.ts'
import { temporaryRoot } from '../support/temporary.ts'
import { startWorld } from '../support/world.ts'
import { hasPgBouncer, startPgBouncer } from './pgbouncer.ts'
import { createRole, run } from './roles.ts'
import { makeCertificates, startTlsInFront } from './tls-in-front.ts'

const whenDone = whenFileIsDone()

async function look(url: string, connections = 24) {
  const address = readAddress(url)
  return address.kind === 'address' ? lookAtDatabase(address, connections) : address
}

const withQuery = (url: string, query: string) => `${url}?${query}`

describe('sslmode', () => {
  let folder: string
  let url: string

  beforeAll(async () => {
    folder = mkdtempSync(path.join(temporaryRoot(), 'reckon-tls-'))
    whenDone(() => rmSync(folder, { recursive: true, force: true }))
    makeCertificates(folder)
    const given = new URL(inject('postgresUrl'))
    given.port = String(await startTlsInFront(folder, Number(given.port), whenDone))
    given.hostname = 'localhost'
    url = given.href
  })

  const ca = () => `sslrootcert=${path.join(folder, 'ca.crt')}`
  const tls = (query: string) => look(withQuery(url, query))

  it('verifies nothing by require, and all by verify-full', async () => {
    expect(await tls('sslmode=require')).toMatchObject({ kind: 'seen', summary: { tls: 'unverified' } })
    expect(await tls(`sslmode=verify-full&${ca()}`)).toMatchObject({ kind: 'seen', summary: { tls: 'verified' } })
  })

  it('says what to do where nobody is trusted who has signed', async () => {
    expect(await tls('sslmode=verify-full')).toMatchObject({
      kind: 'unreachable',
      reason: 'unable to verify the first certificate',
      advice: expect.stringContaining('sslrootcert=') as string,
    })
  })

  it('looks at the name by verify-full alone', async () => {
    const byAddress = url.replace('localhost', '127.0.0.1')
    const byName = await look(withQuery(byAddress, `sslmode=verify-full&${ca()}`))
    expect(byName).toMatchObject({ kind: 'unreachable', advice: expect.stringContaining('for other names') as string })
    expect(await look(withQuery(byAddress, `sslmode=verify-ca&${ca()}`))).toMatchObject({ kind: 'seen' })
    // As in psql, a certificate of whoever signs is made use of.
    expect(await look(withQuery(byAddress, `sslmode=require&${ca()}`))).toMatchObject({ summary: { tls: 'verified' } })
  })

  it('refuses a file that is not there, a mode that is none, and verify-ca without a certificate', async () => {
    expect(await tls('sslmode=verify-full&sslrootcert=/nowhere')).toEqual({
      kind: 'unreadable-certificate',
      file: '/nowhere',
      reason: 'ENOENT',
    })
    expect(await tls('sslmode=yes')).toEqual({ kind: 'unknown-sslmode', mode: 'yes' })
    expect(await tls('sslmode=verify-ca')).toEqual({ kind: 'no-root-certificate', mode: 'verify-ca' })
  })

  it('goes without where there is none, by prefer alone', async () => {
    const plain = inject('postgresUrl')
    expect(await look(withQuery(plain, 'sslmode=prefer'))).toMatchObject({ kind: 'seen', summary: { tls: 'none' } })
    expect(await look(withQuery(plain, 'sslmode=require'))).toMatchObject({
      kind: 'unreachable',
      advice: 'Switch TLS on there, or take sslmode out of DATABASE_URL.',
    })
  })
})

it('works in a schema of its own, as a role that may use nothing else', async () => {
  const database = await createEmptyDatabase()
  whenTestIsDone(() => database.drop())
  const role = await createRole(database.url, '')
  const name = new URL(role).username
  await run(database.url, `REVOKE ALL ON SCHEMA public FROM public; CREATE SCHEMA "My schema" AUTHORIZATION ${name}`)
  expect(await look(withQuery(role, 'schema=none'))).toMatchObject({ kind: 'no-schema', schema: 'none', role: name })
  const { app, admin, openAgent } = await startWorld({
    databaseUrl: withQuery(role, 'schema=My%20schema'),
    alone: false,
  })
  await setDurations(admin, { ADD: 0 })
  const agent = await openAgent()
  const { id } = await submit(admin, '1+1')
  await agent.solve(...(await agent.take(1)))
  expect((await ending(admin, id)).result).toEqual({ fraction: '2' })
  await app.stop()
})

describe('connections', () => {
  it('are told before they are too few', async () => {
    const role = await createRole(inject('postgresUrl'), 'CONNECTION LIMIT 9')
    await run(inject('postgresUrl'), `GRANT CREATE ON SCHEMA public TO ${new URL(role).username}`)
    expect(await look(role, 9)).toMatchObject({ kind: 'seen' })
    expect(await look(role, 10)).toMatchObject({ kind: 'too-few-connections', allowed: 9, wanted: 10 })
  })

  it('are shared out among the lanes, and with the bridge come to as many as there are', () => {
    for (let connections = 8; connections <= 100; connections++) {
      const lanes = Object.values(lanesOf(connections))
      expect(lanes.reduce((sum, lane) => sum + lane, 1)).toBe(connections)
      expect(Math.min(...lanes)).toBeGreaterThan(0)
    }
    expect(lanesOf(8)).toEqual({ work: 2, clients: 2, reads: 2, searches: 1 })
    expect(lanesOf(24)).toEqual({ work: 8, clients: 8, reads: 5, searches: 2 })
  })
})

describe.runIf(hasPgBouncer)('PgBouncer', () => {
  it('may hand out whole sessions, with nothing set but that', async () => {
    expect(await look(await startPgBouncer(inject('postgresUrl'), 'session'))).toMatchObject({ kind: 'seen' })
  })

  it('is told where it hands out transactions', async () => {
    const url = await startPgBouncer(inject('postgresUrl'), 'transaction')
    expect(await look(url)).toMatchObject({ kind: 'pooled-by-transaction' })
  })
})
