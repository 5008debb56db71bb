import type { Random } from '../simulation/random.ts'

/** What exists on the server, by what it is; some of it another user's. */
export interface Pool {
  readonly ids: Readonly<
    Record<'Expression' | 'Task' | 'User' | 'Agent' | 'AgentToken' | 'Operation', readonly string[]>
  >
  readonly cursors: readonly string[]
}

export function pickId(random: Random, { ids }: Pool): string {
  const lists = Object.values(ids).filter((list) => list.length > 0)
  return random.pick(random.pick(lists) ?? []) ?? ''
}

/** An id of what a field most likely asks for, by its name and that of its argument. */
export function likelyId(random: Random, pool: Pool, field: string, argument: string): string {
  const { ids } = pool
  const types = Object.keys(ids) as (keyof Pool['ids'])[]
  const type =
    types.find((name) => name.toLowerCase() === argument.toLowerCase().replace(/id$/, '')) ??
    types.findLast((name) => field.toLowerCase().includes(name.toLowerCase()))
  return type === undefined || random.chance(0.2) ? pickId(random, pool) : (random.pick(ids[type]) ?? '')
}
