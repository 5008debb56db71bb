import process from 'node:process'
import type { Ledger } from '../../load/ledger.ts'
import type { CleanUp } from '../../processes/clean-up.ts'
import { freePort } from '../../processes/free-port.ts'
import type { Postgres } from '../../processes/postgres.ts'
import { startProgram } from '../../processes/program.ts'
import { built } from './built.ts'
import { observe, type Observer } from './observers.ts'

export interface Server {
  readonly pid: number
  /** Of its API, for WebSockets. */
  readonly url: string
}

/** One replica, as its image starts it. It counts sockets by the address that a proxy tells, as behind one. */
export async function startServer(
  postgres: Postgres,
  observer: Observer | null,
  ledger: Ledger,
  cleanUp: CleanUp,
): Promise<Server> {
  const port = await freePort()
  const observation = await observe(observer, cleanUp)
  const program = await startProgram({
    command: [process.execPath, '--max-semi-space-size=32', '--enable-source-maps', built('server')],
    environment: {
      NODE_ENV: 'production',
      DATABASE_URL: postgres.url,
      JWT_SECRET: 'only-for-a-benchmark-of-a-few-minutes',
      TICKET_SECRET: 'and-another-one-for-the-same-benchmark',
      HOST: '127.0.0.1',
      PORT: String(port),
      TRUSTED_PROXIES: '1',
      ...observation.environment,
    },
    ready: /"listening"/,
    onLost: (error) => ledger.break(error),
  })
  cleanUp.add(() => program.stop())
  observation.begin(`http://127.0.0.1:${port}`)
  return { pid: program.pid, url: `ws://127.0.0.1:${port}/graphql` }
}
