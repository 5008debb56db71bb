import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { locateBinaries } from './binaries.ts'
import { claimServer, database, isDropped, type Claim, type ClaimOutcome } from './claim.ts'
import { openDataFolder, superuser } from './data-folder.ts'
import type { Guard } from './guard.ts'
import { findSurvivor, launch, type Postmaster, stopPostmaster } from './postmaster.ts'
import { EmbeddedFailure, type EmbeddedProblem, problemFromFileError } from './problem.ts'
import { chooseUnprivileged } from './unprivileged.ts'

/** A real PostgreSQL of this process's own. */
export interface EmbeddedPostgres {
  readonly url: string
  /** Whether its server outlived an earlier Reckon that was killed. */
  readonly adopted: boolean
  /** Whether its data folder was made just now. */
  readonly created: boolean
  /** Ends the server in order. Close your connections first: those still open are cut. */
  stop(): Promise<void>
}

export type EmbeddedOutcome =
  ({ readonly kind: 'started' } & EmbeddedPostgres) | { readonly kind: 'failed'; readonly problem: EmbeddedProblem }

export interface EmbeddedOptions {
  /** Where its data, its password and its log are kept; made where there is none. */
  readonly directory: string
  /** Takes what happens after the start: a server that died and was started again. */
  readonly log: (message: string) => void
  /** Settings of PostgreSQL that replace the durable defaults, such as `fsync` for tests. */
  readonly settings?: Readonly<Record<string, string>>
  /** Hears of each process that must not outlive this one. */
  readonly guard?: Guard
}

/** How long to wait before another try to bring a lost server back. */
const retryMs = 1_000
/** How often, and how long after the other, a server is tried that is about to end. */
const maxDyingTries = 300
const dyingRetryMs = 100

/**
 * Starts PostgreSQL on a folder, or adopts the one that runs there already because its Reckon was killed. While it is in
 * use, a server that dies is started again at the same address.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedOutcome> {
  const directory = path.resolve(options.directory)
  try {
    return { kind: 'started', ...(await start({ ...options, directory })) }
  } catch (error) {
    if (error instanceof EmbeddedFailure) return { kind: 'failed', problem: error.problem }
    const problem = problemFromFileError(directory, error)
    if (problem !== undefined) return { kind: 'failed', problem }
    throw error
  }
}

async function start({ directory, log, settings = {}, guard }: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const binaries = locateBinaries()
  const unprivileged = chooseUnprivileged()
  const folder = await openDataFolder(directory, settings['fsync'] !== 'off', binaries, unprivileged, guard)
  let recovery: Promise<void> | undefined
  let isStopping = false

  async function acquire(port?: number): Promise<Held> {
    for (let tries = 1; ; tries++) {
      const survivor = await findSurvivor(folder)
      const postmaster = survivor ?? (await launch(folder, binaries, unprivileged, settings, guard, port))
      // Another start was quicker: its server is now the survivor.
      if (postmaster === undefined) continue
      const outcome = await claim(postmaster)
      if (outcome.kind === 'claimed') {
        guard?.watchFolder()
        guard?.watchPostmaster(postmaster.pid)
        return { postmaster, claim: outcome.claim, adopted: survivor !== undefined }
      }
      if (!outcome.isPassing || tries >= maxDyingTries)
        throw new EmbeddedFailure({ kind: 'in-use', directory, by: outcome.by })
      await delay(dyingRetryMs)
    }
  }

  /** A server that was killed or stopped a moment ago may take a connection yet, and drop it. */
  async function claim(postmaster: Postmaster): Promise<ClaimOutcome> {
    try {
      return await claimServer(postmaster, folder, 'reckon', () => {
        if (!isStopping) recovery = recover()
      })
    } catch (error) {
      if (!isDropped(error)) throw error
      return { kind: 'owned', by: `a PostgreSQL (process ${postmaster.pid}) that ends`, isPassing: true }
    }
  }

  async function recover(): Promise<void> {
    log('lost the embedded PostgreSQL; starting it again')
    while (!isStopping) {
      try {
        held = await acquire(held.postmaster.port)
        log('the embedded PostgreSQL is back')
        return
      } catch (error) {
        log(`the embedded PostgreSQL is not back yet: ${error instanceof Error ? error.message : String(error)}`)
        await delay(retryMs, undefined, { ref: false })
      }
    }
  }

  let held = await acquire()
  return {
    url: `postgresql://${superuser}:${folder.password}@127.0.0.1:${held.postmaster.port}/${database}`,
    adopted: held.adopted,
    created: folder.created,
    async stop() {
      isStopping = true
      await recovery
      await held.claim.release()
      await stopPostmaster(held.postmaster, folder)
    },
  }
}

/** A server that this process has claimed. */
interface Held {
  readonly postmaster: Postmaster
  readonly claim: Claim
  readonly adopted: boolean
}
