import { pino } from 'pino'
import { Writable } from 'node:stream'
import { onTestFinished } from 'vitest'
import { monotonicNow, processorNow, systemClock, type Clock } from '../../src/clock.ts'
import { readEnvironment } from '../../src/env.ts'
import { systemIds } from '../../src/ids.ts'
import { silentMeter } from '../../src/metering/meter.ts'
import { createAnnouncer } from '../../src/realtime/announcer.ts'
import type { Authenticate } from '../../src/transport/client/authentication.ts'
import { defaultTransportLimits, type TransportLimits } from '../../src/transport/limits.ts'
import { createTransport } from '../../src/transport/transport.ts'
import { ProcessorTime } from '../../src/use-cases/processor-time.ts'
import type { Services } from '../../src/use-cases/services.ts'
import { createTestSchema, type Stage } from './test-schema.ts'
import { TestSource } from './test-source.ts'

export interface TestOptions {
  readonly environment?: Record<string, string>
  readonly limits?: Partial<TransportLimits>
  readonly clock?: Clock
  readonly authenticate?: Authenticate
  readonly pingDatabase?: () => Promise<unknown>
  readonly webRoot?: string
}

/** A transport that listens on a port of its own around the test's schema; stopped when the test is over. */
export async function startTransport(options: TestOptions = {}) {
  const environment = readEnvironment({ NODE_ENV: 'test', ...options.environment })
  if (environment.kind === 'invalid') throw new Error(environment.problems.join())
  const log: Record<string, unknown>[] = []
  const stream = new Writable({
    write(line: Buffer, _encoding, done) {
      log.push(JSON.parse(line.toString()) as Record<string, unknown>)
      done()
    },
  })
  const stage: Stage = { gate: Promise.resolve(), counted: 0, waiting: 0, source: new TestSource() }
  const announcer = createAnnouncer()
  // The transport asks for no more of the services than these; resolvers of the test for none.
  const services = {
    environment: environment.environment,
    logger: pino({ level: 'warn' }, stream),
    clock: options.clock ?? systemClock,
    ids: systemIds,
    meter: silentMeter,
    announcer,
    processor: new ProcessorTime({ now: monotonicNow, processorNow, msPerMinute: 60_000 }),
  } as unknown as Services
  const transport = createTransport({
    schema: createTestSchema(stage),
    services,
    authenticate: options.authenticate ?? authenticate,
    pingDatabase: options.pingDatabase ?? (() => Promise.resolve()),
    webRoot: options.webRoot ?? '/nonexistent',
    limits: { ...defaultTransportLimits, ...options.limits },
  })
  const outcome = await transport.listen(0, '127.0.0.1')
  if (outcome.kind !== 'listening') throw new Error(outcome.kind)
  onTestFinished(() => transport.stop(0))
  const { port } = outcome.address
  const origin = `http://127.0.0.1:${port}`
  const url = `${origin}/graphql`

  /** Sends a document as a page would. */
  async function query(document: string, headers: Record<string, string> = {}) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query: document }),
    })
    return { response, ...((await response.json()) as Answer) }
  }

  return { transport, announcer, stage, log, port, origin, url, socketUrl: `ws://127.0.0.1:${port}/graphql`, query }
}

export type TestTransport = Awaited<ReturnType<typeof startTransport>>

export interface Answer {
  readonly data?: Record<string, unknown> | null
  readonly errors?: { readonly message: string; readonly extensions?: Record<string, unknown> }[]
}

/** `user:ada` is Ada's token, `user:ada:500` expires in half a second, `agent:1` is an agent's. */
export const authenticate: Authenticate = ({ clock }, token) => {
  const [kind, id = '', lifetime] = token.split(':')
  if (kind === 'expired') return Promise.resolve({ kind: 'refused', reason: 'expired' })
  const expiresAt = lifetime === undefined ? null : new Date(clock.now() + Number(lifetime))
  if (kind === 'user') return Promise.resolve({ kind: 'accepted', actor: { kind: 'user', userId: id }, expiresAt })
  if (kind === 'agent') return Promise.resolve({ kind: 'accepted', actor: { kind: 'agent', tokenId: id }, expiresAt })
  return Promise.resolve({ kind: 'refused', reason: 'invalid' })
}
