import { pause } from '../clock.ts'
import { backoffMs } from '../domain/backoff.ts'
import { isLasting } from '../store/data-error.ts'
import type { SchedulerStore } from '../store/scheduler-store.ts'
import type { World } from './world.ts'

const bounds = { firstMs: 50, maxMs: 2_000 }

/**
 * Writes until it is written: while the database is gone the write waits, and whatever it acknowledges with it. Errors that no waiting
 * mends are thrown.
 */
export async function persist<Result>(
  { clock, logger }: Pick<World, 'clock' | 'logger'>,
  what: string,
  write: () => Promise<Result>,
): Promise<Result> {
  for (let failures = 1; ; failures++) {
    try {
      return await write()
    } catch (error) {
      if (isLasting(error)) throw error
      const delayMs = backoffMs(failures, bounds)
      logger.error({ err: error }, `could not ${what}; trying again in ${delayMs} ms`)
      await pause(clock, delayMs)
    }
  }
}

type Operation = (...parameters: unknown[]) => Promise<unknown>

/** The world's store, each of whose operations is tried until it is done: see `persist`. */
export function persistentStore(world: World): SchedulerStore {
  const persistent = ([group, operations]: [string, object]) =>
    Object.entries(operations as Record<string, Operation>).map(([name, run]): [string, Operation] => [
      name,
      (...parameters) => persist(world, `do ${group}.${name}`, () => run(...parameters)),
    ])
  return Object.fromEntries(
    Object.entries(world.store).map((entry) => [entry[0], Object.fromEntries(persistent(entry))]),
  ) as unknown as SchedulerStore
}
