import { ending, submit } from '../support/expressions.ts'
import type { World } from '../support/world.ts'

/** As many operations as 10 000 characters have place for. */
export const largestSource = Array.from({ length: 5_000 }, () => '1').join('+')

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
