import type { Cluster } from './cluster.ts'
import { randomExpression } from './random-expression.ts'

interface LoadShape {
  readonly perUser: number
  /** The fewest and the most an expression has. */
  readonly operations: readonly [number, number]
  /** By default the balanced network. */
  readonly url?: string
}

/** All users submit at once, each one expression after the other. Resolves when all are accepted. */
export async function submitRandomLoad(
  { users, random, load, network }: Cluster,
  { perUser, operations: [fewest, most], url = network.url }: LoadShape,
): Promise<void> {
  const shares = users.map((user) => ({
    user,
    expressions: Array.from({ length: perUser }, () => randomExpression(random, random.integer(fewest, most))),
  }))
  await Promise.all(shares.map(({ user, expressions }) => load.submitAll(url, user, expressions)))
}
