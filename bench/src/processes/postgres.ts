import process from 'node:process'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { Guardian } from '../../../server/src/embedded/guard.ts'
import { describeEmbeddedProblem } from '../../../server/src/embedded/problem.ts'
import { startEmbeddedPostgres } from '../../../server/src/embedded/start.ts'
import type { CleanUp } from './clean-up.ts'
import { parentOf } from './proc.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** Ends the PostgreSQL also where the benchmark is killed. */
const guardian = fileURLToPath(new URL('../../../server/dist/guardian.js', import.meta.url))

export interface Postgres {
  readonly url: string
  /** Of the postmaster, below which all its processes stand. */
  readonly pid: number
  /** Of WAL, written so far. */
  logBytes(): Promise<number>
  query<Row extends pg.QueryResultRow>(text: string): Promise<Row[]>
}

/**
 * The PostgreSQL that Reckon brings, as `npm start` runs it, with fsync and synchronous_commit on: the same for Reckon and for the peers
 * that use PostgreSQL. Autovacuum looks each second at what is to be done, since with its default of a minute it would come after a
 * measurement: tables of queues, which fill and empty, were three times slower without it.
 */
export async function startPostgres(cleanUp: CleanUp): Promise<Postgres> {
  const directory = await temporaryFolder(cleanUp)
  const guard = Guardian.start({ directory, command: [process.execPath, guardian], graceMs: 0, log: console.error })
  cleanUp.add(() => guard.stop())
  const started = await startEmbeddedPostgres({
    directory,
    guard,
    log: console.error,
    settings: { autovacuum_naptime: '1s' },
  })
  if (started.kind === 'failed') throw new Error(describeEmbeddedProblem(started.problem))
  cleanUp.add(() => started.stop())
  const client = new pg.Client(started.url)
  await client.connect()
  cleanUp.add(() => client.end())
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  return {
    url: started.url,
    pid: parentOf(rows[0]?.pid ?? 0),
    async logBytes() {
      const { rows } = await client.query<{ bytes: string }>(
        `SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') AS bytes`,
      )
      return Number(rows[0]?.bytes)
    },
    query: async <Row extends pg.QueryResultRow>(text: string) => (await client.query<Row>(text)).rows,
  }
}
