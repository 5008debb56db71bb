import type { World } from '../support/world.ts'
import { ending, submit } from '../support/expressions.ts'

/** One of the most operations that are allowed, computed to its end. */
export async function computeLargest(world: World, operations = 4_999): Promise<string> {
  const { id } = await submit(world.admin, Array.from({ length: operations + 1 }, () => '1').join('+'), {
    regroup: true,
  })
  await computeAll(world, id)
  return id
}

/** An agent takes whatever there is, until an expression has ended. */
export async function computeAll(world: World, id: string): Promise<void> {
  const agent = await world.openAgent({ slots: 1_000 })
  let isDone = false
  const done = ending(world.admin, id).then(() => (isDone = true))
  while (!isDone) {
    const next = await Promise.race([agent.assigned.next().catch(() => null), done.then(() => null)])
    if (next === null) break
    await agent.solve(next, ...(await agent.take(agent.assigned.size)))
  }
  await done
  await agent.leave()
}
