import { graphql } from 'graphql'
import { pino } from 'pino'
import { timers, type Clock } from '../../src/clock.ts'
import { anonymous, type Actor } from '../../src/domain/actor.ts'
import { systemIds } from '../../src/ids.ts'
import { silentMeter } from '../../src/metering/meter.ts'
import { createAnnouncer } from '../../src/realtime/announcer.ts'
import type { Context } from '../../src/schema/context.ts'
import { OperationAccount } from '../../src/schema/cost/operation-account.ts'
import { schema } from '../../src/schema/index.ts'
import { openDatabase } from '../../src/store/database.ts'
import type { SecretCookie } from '../../src/use-cases/accounts/client-state.ts'
import { createAccounts } from '../../src/use-cases/accounts/accounts.ts'
import type { Authentication } from '../../src/use-cases/accounts/authentication.ts'
import { ProcessorTime } from '../../src/use-cases/processor-time.ts'
import { register } from '../../src/use-cases/accounts/register.ts'
import type { Requester } from '../../src/use-cases/accounts/requester.ts'
import type { Services } from '../../src/use-cases/services.ts'
import { testEnvironment } from '../support/test-environment.ts'
import { createTestDatabase } from '../support/database.ts'

export const jwtSecret = 'a secret of these tests, long enough for HS256'
export const password = 'correct horse battery'

/** A clock that a test moves. */
export interface TestClock extends Clock {
  time: number
}

export interface AccountsBench {
  readonly services: Services
  readonly clock: TestClock
  /** Empties the tables of accounts. */
  reset(): Promise<void>
  close(): Promise<void>
}

/** The services that accounts use, on a database of the caller's own. The parts that they must not touch throw. */
export async function openAccountsBench(variables: Readonly<Record<string, string>> = {}): Promise<AccountsBench> {
  const testDatabase = await createTestDatabase()
  const database = openDatabase(
    { connection: { connectionString: testDatabase.url } },
    {
      applicationName: 'accounts tests',
      connections: 24,
      // Dropping the database at the end breaks its connections.
      onIdleError: () => undefined,
    },
  )
  const clock: TestClock = {
    time: Date.now(),
    now: () => clock.time,
    ...timers,
  }
  const base = {
    environment: testEnvironment(variables),
    logger: pino({ level: 'silent' }),
    clock,
    ids: systemIds,
    meter: silentMeter,
    database,
    announcer: createAnnouncer(),
  }
  const services: Services = {
    ...base,
    live: untouchable('live'),
    scheduler: untouchable('scheduler'),
    compiler: untouchable('compiler'),
    insertions: untouchable('insertions'),
    ownAgents: untouchable('ownAgents'),
    webhooks: untouchable('webhooks'),
    processor: new ProcessorTime({ now: clock.now, processorNow: clock.now, msPerMinute: 60_000 }),
    accounts: await createAccounts({ ...base, jwtSecret, pool: database.pool }),
  }
  return {
    services,
    clock,
    async reset() {
      await database.pool.query(
        'TRUNCATE user_account, refresh_token, agent_token, invitation, audit_event, rate_limit CASCADE',
      )
    },
    async close() {
      await services.accounts.audit.settle()
      await database.close()
      await testDatabase.drop()
    },
  }
}

function untouchable(name: string): never {
  const refuse = () => {
    throw new Error(`accounts must not use ${name}`)
  }
  return new Proxy({}, { get: refuse, set: refuse, has: refuse }) as never
}

/** What a use case that must succeed gave. */
export function expectAuthentication(outcome: Authentication | { readonly kind: string }): Authentication {
  if ('kind' in outcome) throw new Error(`expected an authentication, got ${JSON.stringify(outcome)}`)
  return outcome
}

export const address = '192.0.2.1'

/** Registers a user, with a refresh token. The first is an admin. */
export async function registerUser(services: Services, email: string): Promise<Authentication> {
  return expectAuthentication(await register(services, { email, password, address, refreshable: true }))
}

/** What an admin does is written down with who did it. */
export const requester: Requester = { actorId: null, address }

/** A browser's cookie jar, as the transport offers it. */
export interface CookieJar extends SecretCookie {
  value: string | undefined
  maxAgeSeconds: number | undefined
}

export function createCookieJar(): CookieJar {
  const jar: CookieJar = {
    value: undefined,
    maxAgeSeconds: undefined,
    read: () => jar.value,
    write(token, maxAgeSeconds) {
      jar.value = token
      jar.maxAgeSeconds = maxAgeSeconds
    },
    clear() {
      jar.value = undefined
      jar.maxAgeSeconds = undefined
    },
  }
  return jar
}

export interface Caller {
  readonly actor?: Actor
  readonly refreshCookie?: SecretCookie | null
  readonly deviceCookie?: SecretCookie | null
  readonly address?: string
}

/** What goes over the wire. `Data` is the shape that the document asks for. */
export interface Answer<Data> {
  data: Data
  errors?: { message: string; extensions?: { code?: string } }[]
}

/** Runs a document as the transport would. */
export async function run<Data = unknown>(
  services: Services,
  source: string,
  variables: Record<string, unknown> = {},
  caller: Caller = {},
): Promise<Answer<Data>> {
  const actor = caller.actor ?? anonymous
  const from = caller.address ?? address
  const contextValue: Context = {
    actor,
    address: from,
    connection: null,
    requestId: null,
    refreshCookie: caller.refreshCookie ?? null,
    deviceCookie: caller.deviceCookie ?? null,
    account: new OperationAccount(services, actor, from),
    services,
  }
  const result = await graphql({ schema, source, variableValues: variables, contextValue })
  // Without graphql's null prototypes and error classes, so that tests compare plain objects.
  return JSON.parse(JSON.stringify(result)) as Answer<Data>
}

export const globalId = (type: string, id: string): string => Buffer.from(`${type}:${id}`).toString('base64')
