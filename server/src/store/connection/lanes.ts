/** How many connections each lane of a database has. See docs/decisions/0017. */
export interface Lanes {
  readonly work: number
  readonly clients: number
  readonly reads: number
  readonly searches: number
}

/** Of what replicas tell each other. */
const bridge = 1

/** Shares out all the connections that a replica may have at once; the bridge's is one of them. */
export function lanesOf(connections: number): Lanes {
  const searches = connections < 12 ? 1 : 2
  const rest = Math.max(3, connections - bridge - searches)
  const work = Math.max(1, Math.floor(rest * 0.4))
  return { work, clients: work, reads: rest - 2 * work, searches }
}
