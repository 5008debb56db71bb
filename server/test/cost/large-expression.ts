import { ending, submit } from '../support/expressions.ts'
import type { World } from '../support/world.ts'

/** Fewer operations than the default allows, so that to compute them takes seconds. */
export const smallerLimit = { MAX_OPERATIONS: '5000' }

/** One operation less than that, no two alike. */
export const largeSource = (first: number) => `sum(k = ${first}..${first + 4_999}, k)`

export const largestSource = largeSource(1)

/** As long as is allowed, and long enough to be too much when all of its tasks show it. */
export const longestSource = Array.from({ length: 2_000 }, (_, number) => number).join('+')

/** Submits it, and computes it to its end. */
export async function computeLargest(world: World): Promise<string> {
  const { id } = await submit(world.admin, largestSource, { regroup: true })
  const agent = await world.openAgent({ slots: 1_000 })
  let isDone = false
  const done = ending(world.admin, id).then(() => (isDone = true))
  while (!isDone) {
    const next = await Promise.race([agent.assigned.next(), done.then(() => null)])
    if (next !== null) await agent.solve(next, ...(await agent.take(agent.assigned.size)))
  }
  await agent.leave().catch(() => {})
  return id
}
