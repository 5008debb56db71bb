import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { Environment } from '../env.ts'
import type { Ids } from '../ids.ts'
import type { Meter } from '../metering/meter.ts'
import type { Announcer } from '../realtime/announcer.ts'
import type { RequestTrace } from '../tracing/request-trace.ts'
import type { Tracer } from '../tracing/tracer.ts'
import type { Live } from '../realtime/live.ts'
import type { Database } from '../store/database.ts'
import type { Insertions } from '../store/expressions/insertions.ts'
import type { Accounts } from './accounts/accounts.ts'
import type { OwnAgents } from './agents/own-agents.ts'
import type { Compiler } from './expressions/compiler.ts'
import type { ProcessorTime } from './processor-time.ts'
import type { SchedulerPort } from './scheduler-port.ts'
import type { WebhooksPort } from './webhooks/webhooks-port.ts'

/** What use cases work with, as one named object. */
export interface Services {
  readonly environment: Environment
  readonly logger: Logger
  readonly clock: Clock
  readonly ids: Ids
  readonly meter: Meter
  /** Undefined where no traces are told. */
  readonly tracer?: Tracer | undefined
  /** Of the request that these services are for, where traces are told. */
  readonly trace?: RequestTrace | undefined
  readonly database: Database
  readonly announcer: Announcer
  readonly live: Live
  readonly scheduler: SchedulerPort
  readonly accounts: Accounts
  readonly processor: ProcessorTime
  readonly compiler: Compiler
  readonly insertions: Insertions
  readonly ownAgents: OwnAgents
  readonly webhooks: WebhooksPort
}
