import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { startApp, type App } from '../../src/app.ts'
import { systemClock, type Clock } from '../../src/clock.ts'
import { systemIds, type Ids } from '../../src/ids.ts'
import { whenTestIsDone, type WhenDone } from './cleanup.ts'
import { createTestDatabase } from './database.ts'
import { testEnvironment } from './test-environment.ts'
import { temporaryRoot } from './temporary.ts'

export interface TestAppOptions {
  /** One that a test keeps for a second server; by default one of its own. */
  readonly databaseUrl?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly clock?: Clock
  readonly ids?: Partial<Ids>
  /** Whether it is to take itself for the only replica on its database, as the embedded default does; it is by default. */
  readonly alone?: boolean
  /** When it ends; by default with the test. */
  readonly whenDone?: WhenDone
}

/** A whole replica in this process, on a port of its own. */
export interface TestApp {
  readonly app: App
  readonly databaseUrl: string
  readonly url: string
  readonly socketUrl: string
  stop(): Promise<void>
}

export const testSecrets = {
  jwt: 'a secret of these tests for access tokens',
  ticket: 'a secret of these tests for tickets',
}

const migrations = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url))

/** Quick to stop, and quick to see that a socket is gone. */
const quick = { STOP_TIMEOUT_MS: '2000', SESSION_GRACE_MS: '500', RESUME_GRACE_MS: '1000' }

/** Starts a server. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const { whenDone = whenTestIsDone } = options
  const databaseUrl = options.databaseUrl ?? (await ownDatabase(whenDone))
  const app = await startApp({
    environment: testEnvironment({ ...quick, ...options.environment }),
    logger: pino({ level: process.env['RECKON_TEST_LOG'] ?? 'silent' }),
    clock: options.clock ?? systemClock,
    ids: { ...systemIds, ...options.ids },
    databaseUrl,
    jwtSecret: testSecrets.jwt,
    ticketSecret: testSecrets.ticket,
    migrations,
    webRoot: path.join(temporaryRoot(), 'no page here'),
    alone: options.alone ?? true,
  })
  if (app.kind !== 'started') throw new Error(`the server did not start: ${JSON.stringify(app)}`)
  let stopping: Promise<void> | undefined
  const stop = () => (stopping ??= app.stop())
  whenDone(stop)
  const address = `127.0.0.1:${app.address.port}`
  return { app, databaseUrl, url: `http://${address}/graphql`, socketUrl: `ws://${address}/graphql`, stop }
}

async function ownDatabase(whenDone: WhenDone): Promise<string> {
  const database = await createTestDatabase()
  whenDone(() => database.drop())
  return database.url
}
