import { OwnAgents } from './use-cases/agents/own-agents.ts'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { countdown, monotonicNow, pause, processorNow, waitAtMost, type Clock } from './clock.ts'
import type { Environment } from './env.ts'
import type { Ids } from './ids.ts'
import { createMonitor, readPools } from './monitor.ts'
import { Bridge } from './realtime/bridge/bridge.ts'
import { PlanningThread } from './planning/planning-thread.ts'
import { createAnnouncer } from './realtime/announcer.ts'
import { createLive } from './realtime/live.ts'
import { readScheduler } from './scheduler/readings.ts'
import { createScheduler } from './scheduler/scheduler.ts'
import type { Sweep } from './scheduler/sweeps.ts'
import { SchedulerState } from './scheduler/memory/state.ts'
import { schema } from './schema/index.ts'
import { DatabaseClock } from './store/database-clock.ts'
import { createSchedulerStore } from './store/scheduler-store.ts'
import { readAddress, type AddressProblem, type DatabaseAddress } from './store/connection/address.ts'
import { lookAtDatabase, type DatabaseProblem } from './store/connection/look.ts'
import { openDatabase } from './store/database.ts'
import { Insertions } from './store/expressions/insertions.ts'
import { migrate, type MigrationOutcome } from './store/migrate/migrate.ts'
import { pingDatabase } from './store/ping-database.ts'
import { removeAllReplicas } from './store/replicas/register-replica.ts'
import type { ListenOutcome } from './transport/listen.ts'
import { openMonitoringPort, type MonitoringPort } from './transport/monitoring-port.ts'
import { createTracing } from './tracer.ts'
import { createTransport, type Transport } from './transport/transport.ts'
import { createAccounts, type Accounts } from './use-cases/accounts/accounts.ts'
import { authenticate } from './use-cases/accounts/authenticate.ts'
import { retireOldExpressions } from './use-cases/expressions/retire-expressions.ts'
import { Compiler } from './use-cases/expressions/compiler.ts'
import { ProcessorTime } from './use-cases/processor-time.ts'
import { finishClosing } from './use-cases/accounts/finish-closing.ts'
import { purgeExpiredTokens } from './use-cases/accounts/purge-expired-tokens.ts'
import { deriveKey } from './use-cases/accounts/derive-key.ts'
import { createScaleReports } from './use-cases/scale-report.ts'
import type { Services } from './use-cases/services.ts'
import { version } from './version.ts'
import { createWebhooks, type Webhooks } from './webhooks/webhooks.ts'

export interface AppOptions {
  readonly environment: Environment
  readonly logger: Logger
  /** By default the database's, which all replicas share. */
  readonly clock?: Clock
  readonly ids: Ids
  readonly databaseUrl: string
  readonly jwtSecret: string
  readonly ticketSecret: string
  /** The folder of prisma/migrations. */
  readonly migrations: string
  /** The folder of the built page. */
  readonly webRoot: string
  /** No other replica can be on this database: what an earlier one left may be taken over at once. */
  readonly alone: boolean
}

export interface App {
  readonly kind: 'started'
  readonly address: AddressInfo
  readonly services: Services
  /** Of METRICS_PORT; null where there is none. */
  readonly monitoringAddress: AddressInfo | null
  stop(): Promise<void>
}

export type StartOutcome =
  | App
  | AddressProblem
  | DatabaseProblem
  | Exclude<MigrationOutcome, { kind: 'migrated' }>
  | (Exclude<ListenOutcome, { kind: 'listening' }> & { readonly ofMetrics?: boolean })

/**
 * Once its sockets are closed, a server that stops waits for its database so long and no longer, all in all: one that has gone silent takes neither
 * what is to be written nor a goodbye, and whoever has asked for the end kills what does not come to one.
 */
export const settleMs = 5_000
/** The goodbye is tried, though what was to be written took all the time. */
const goodbyeMs = 500

const createBridge = (address: DatabaseAddress, { scheduler, ...services }: Services): Bridge =>
  new Bridge({ ...services, address, replicaId: scheduler.replicaId })

/** Of a sign-in that ended at another replica this one hears at once; where that was lost, within these seconds. */
const accountSweeps = (
  services: Pick<Services, 'announcer' | 'clock' | 'database' | 'environment' | 'logger' | 'meter'>,
  { audit, endedSignIns, revokedTokens }: Accounts,
): Sweep[] => [
  { name: 'expired tokens', everyMs: 3_600_000, run: () => purgeExpiredTokens(services).then(() => {}) },
  { name: 'old expressions', everyMs: 60_000, run: (isStopping) => retireOldExpressions(services, isStopping) },
  { name: 'closed accounts', everyMs: 60_000, run: (isStopping) => finishClosing(services, isStopping) },
  { name: 'ended sign-ins', everyMs: 5_000, run: () => endedSignIns.catchUp() },
  { name: 'revoked tokens', everyMs: 5_000, run: () => revokedTokens.catchUp() },
  { name: 'audit log', everyMs: 60_000, run: () => audit.turn() },
]

/** Secrets of webhooks follow from the one that signs access tokens. */
function startWebhooks(
  services: Pick<Services, 'announcer' | 'clock' | 'database' | 'environment' | 'ids' | 'logger' | 'meter'>,
  { audit }: Accounts,
  jwtSecret: string,
): Webhooks {
  const { announcer, database, environment } = services
  return createWebhooks({
    ...services,
    pool: database.pool,
    key: deriveKey(jwtSecret, 'webhooks'),
    networks: environment.WEBHOOK_NETWORKS,
    retentionSeconds: Math.min(environment.RETENTION_SECONDS, environment.EXPRESSION_RETENTION_SECONDS ?? Infinity),
    onDisabled(id, userId, reason) {
      announcer.broadcast({ kind: 'webhookSet', id, userId })
      audit.record({ kind: 'WEBHOOK_DISABLED', subjectId: id, detail: reason })
    },
  })
}

/** Builds a replica of the server from its parts and starts it. */
export async function startApp(options: AppOptions): Promise<StartOutcome> {
  const { environment, logger, ids } = options
  const address = readAddress(options.databaseUrl)
  if (address.kind !== 'address') return address
  const sight = await lookAtDatabase(address, environment.DATABASE_CONNECTIONS)
  if (sight.kind !== 'seen') return sight
  const database = openDatabase(sight.address, {
    applicationName: 'reckon',
    connections: environment.DATABASE_CONNECTIONS,
    schema: sight.schema,
    onIdleError: (error) => logger.warn({ err: error }, 'an idle database connection broke'),
  })
  const refuse = async <Outcome>(outcome: Outcome): Promise<Outcome> => {
    await database.close()
    return outcome
  }
  const migrated = await migrate(database.migrations, options.migrations, {
    allowNewer: environment.ALLOW_NEWER_DATABASE,
  })
  if (migrated.kind !== 'migrated') return refuse(migrated)
  if (migrated.applied.length > 0) logger.info({ migrations: migrated.applied }, 'migrated the database')
  if (options.alone) await removeAllReplicas(database.pool)
  const clock = options.clock ?? (await DatabaseClock.start(database.pool))

  const monitor = createMonitor(environment)
  const { meter } = monitor
  const tracing = createTracing({ environment, logger, clock, pool: database.pool })
  const { tracer } = tracing
  const announcer = createAnnouncer()
  const state = new SchedulerState(clock)
  const live = createLive({ database, announcer, state, clock, logger, meter })
  const processor = new ProcessorTime({
    now: monotonicNow,
    processorNow,
    msPerMinute: environment.PROCESSOR_MS_PER_MINUTE,
  })
  const planning = new PlanningThread()
  const compiler = new Compiler(processor, planning)
  const base = { environment, logger, clock, ids, meter, tracer, database, announcer, live, processor, compiler }
  const accounts = await createAccounts({ ...base, jwtSecret: options.jwtSecret, pool: database.pool })
  const webhooks = startWebhooks(base, accounts, options.jwtSecret)
  const scheduler = createScheduler({
    ...{ environment, logger, clock, ids, meter, tracer, announcer, state, ticketSecret: options.ticketSecret },
    store: createSchedulerStore(database),
    housekeeping: [...accountSweeps(base, accounts), ...webhooks.sweeps],
  })
  const services: Services = {
    ...base,
    scheduler,
    accounts,
    webhooks,
    insertions: new Insertions(database.pool, clock),
    ownAgents: new OwnAgents(),
  }
  const monitoring = monitor.handler({
    scale: createScaleReports(services),
    sources: [
      () => readScheduler(state, clock.now()),
      () => readPools(database),
      () => transport.readings(),
      () => webhooks.readings(),
    ],
  })
  const { METRICS_PORT: metricsPort } = environment
  const transport: Transport = createTransport({
    schema,
    services,
    authenticate,
    pingDatabase: () => pingDatabase(database.pool),
    webRoot: options.webRoot,
    monitoring: metricsPort === undefined ? monitoring : null,
  })

  const bridge = options.alone ? null : createBridge(sight.address, services)

  const disconnect = async () => {
    if (clock instanceof DatabaseClock) clock.stop()
    try {
      await bridge?.stop()
    } finally {
      await database.close()
    }
  }
  let monitoringPort: MonitoringPort | null = null
  const settle = async () => {
    const left = countdown(Math.min(environment.STOP_TIMEOUT_MS, settleMs))
    try {
      await scheduler.stop(left)
      await waitAtMost(clock, Math.min(left(), 2_000), webhooks.stop())
      await planning.stop()
      await tracing.stop()
      await monitoringPort?.stop()
      await waitAtMost(clock, left(), accounts.audit.settle())
    } finally {
      await waitAtMost(clock, Math.max(left(), goodbyeMs), disconnect())
    }
  }
  const stop = async () => {
    transport.becomeUnready()
    try {
      // Whoever asks whether it is ready sends it nothing more, before it takes nothing more.
      await pause(clock, environment.STOP_DELAY_MS)
      scheduler.prepareStop()
      await transport.stop(environment.STOP_TIMEOUT_MS)
    } finally {
      await settle()
    }
  }
  await bridge?.start()
  await webhooks.start()
  await scheduler.start()
  const listening = await transport.listen(environment.PORT, environment.HOST)
  if (listening.kind !== 'listening') {
    await stop()
    return listening
  }
  if (monitoring !== null && metricsPort !== undefined) {
    const opened = await openMonitoringPort({ port: metricsPort, host: environment.METRICS_HOST }, monitoring, logger)
    if (opened.kind !== 'listening') {
      await stop()
      return { ...opened, ofMetrics: true }
    }
    monitoringPort = opened
  }
  const seen = { ...sight.summary, connections: environment.DATABASE_CONNECTIONS }
  const fields = { version, address: listening.address, replica: scheduler.replicaId, database: seen }
  logger.info(fields, 'listening')
  const monitoringAddress = monitoringPort?.address ?? null
  return { kind: 'started', address: listening.address, monitoringAddress, services, stop }
}
