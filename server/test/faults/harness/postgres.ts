import { mkdtemp, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { describeEmbeddedProblem } from '../../../src/embedded/problem.ts'
import { startEmbeddedPostgres } from '../../../src/embedded/start.ts'
import { startGuardian } from '../../support/guardian.ts'
import { temporaryRoot } from '../../support/temporary.ts'
import type { SmallDisk } from './small-disk.ts'

/** A PostgreSQL that a test may break; it comes back by itself, at the same address. */
export interface BreakablePostgres {
  readonly url: string
  /** Its own, where it was asked for. */
  readonly disk: SmallDisk | null
  /** `SIGQUIT` is PostgreSQL's immediate stop: no checkpoint, no goodbye. `SIGKILL` is what a crash of its machine does to the postmaster. */
  signal(name: 'SIGQUIT' | 'SIGKILL'): Promise<void>
  stop(): Promise<void>
}

/** Durable as in production. @param disk by default one that is large enough */
export async function startBreakablePostgres(disk: SmallDisk | null): Promise<BreakablePostgres> {
  // By this name the setup of the next run of the tests finds what a run that was killed has left.
  const directory = await mkdtemp(path.join(disk?.directory ?? temporaryRoot(), `reckon-test-${process.pid}-`))
  const guard = startGuardian(directory)
  const postgres = await startEmbeddedPostgres({ directory, guard, log: () => {} })
  if (postgres.kind === 'failed') throw new Error(describeEmbeddedProblem(postgres.problem))
  return {
    url: postgres.url,
    disk,
    async signal(name) {
      const file = await readFile(path.join(directory, 'data/postmaster.pid'), 'utf8')
      process.kill(Number.parseInt(file, 10), name)
    },
    async stop() {
      await postgres.stop()
      await guard.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
