import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { Environment } from '../env.ts'
import type { Ids } from '../ids.ts'
import type { Announcer } from '../realtime/announcer.ts'
import type { Live } from '../realtime/live.ts'
import type { Batcher } from '../store/batcher.ts'
import type { Database } from '../store/database.ts'
import type { NewExpression } from '../store/expressions/insert-expressions.ts'
import type { ExpressionRow } from '../store/expressions/load-expressions.ts'
import type { Accounts } from './accounts.ts'
import type { ProcessorTime } from './processor-time.ts'
import type { SchedulerPort } from './scheduler-port.ts'

/** What use cases work with, as one named object. */
export interface Services {
  readonly environment: Environment
  readonly logger: Logger
  readonly clock: Clock
  readonly ids: Ids
  readonly database: Database
  readonly announcer: Announcer
  readonly live: Live
  readonly scheduler: SchedulerPort
  readonly accounts: Accounts
  readonly processor: ProcessorTime
  /** Inserts submitted expressions; null for one whose request id was used before. */
  readonly insertions: Batcher<NewExpression, ExpressionRow | null>
}
