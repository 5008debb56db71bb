import { submitAll } from '../load/submit.ts'
import { countTasks, type Expression } from '../workload/expression.ts'
import type { Shape } from '../workload/shapes.ts'
import type { Bench } from './scenario.ts'

/** How long a batch of the warm-up should take, and how far it may exceed the one before, which may have been slow from the cold. */
const batchMs = 500
const growth = 4

/**
 * Gives a system the same kind of work that is to be measured, in batches that grow, until the time for it has passed. So code is compiled
 * and pools are filled before anything is measured.
 *
 * @returns operations a second of the best batch, to cut the measured work by: a batch that a busy machine held up tells little
 */
export async function warmUp(bench: Bench, shape: Shape, ms = bench.scale.warmUpMs): Promise<number> {
  const { now } = bench
  const end = now() + ms
  let count = 16
  let best = 0
  for (;;) {
    const expressions = bench.drawer.draw(count, shape)
    const elapsedMs = await timeOf(bench, expressions)
    best = Math.max(best, (countTasks(expressions) / elapsedMs) * 1_000)
    if (now() >= end) return best
    count = Math.min(count * growth, Math.ceil((count * batchMs) / elapsedMs))
  }
}

/** From the first submission to the last result known at the client. */
export async function timeOf(bench: Bench, expressions: readonly Expression[]): Promise<number> {
  const { ledger, system } = bench
  const ended = ledger.expect(expressions)
  const start = bench.now()
  await ledger.orBroken(submitAll(system, expressions))
  await ended
  return bench.now() - start
}
