import { isStranger } from '../../domain/actor.ts'
import type { Clock } from '../../clock.ts'
import { closeCodes } from '../../use-cases/agents/close-codes.ts'
import type { Connections, LastingConnection } from './connections.ts'
import type { TransportLimits } from '../limits.ts'

export interface LivenessOptions {
  readonly connections: Connections
  readonly intervalMs: number
  readonly limits: TransportLimits
  readonly clock: Clock
}

/**
 * Pings all sockets, and terminates as `silent` those that have not answered by the next ping or do not read what they asked for. One
 * interval serves them all. Returns the way to stop.
 */
export function watchLiveness({ connections, intervalMs, limits, clock }: LivenessOptions): () => void {
  let lastRound = clock.now()
  let isStopped = false

  function round() {
    const now = clock.now()
    // After a stall of this process, or a sleep of its machine, the clients have had no time to answer.
    const wasLate = now - lastRound > 2 * intervalMs
    lastRound = now
    for (const connection of connections) {
      const silent = connection.ping() === 'unanswered' && !wasLate
      if (silent || isStalled(connection, now, limits)) connection.terminate('silent', 'no answer to a ping')
      else if (isUnused(connection, now, limits))
        connection.close(closeCodes.TRY_AGAIN_LATER, 'Sign in, or close what is not used')
    }
    if (!isStopped) cancel = wait()
  }

  // What has arrived by now is read before anyone is judged: timers run before input, immediates after it.
  const wait = () => clock.after(intervalMs, () => setImmediate(round))
  let cancel = wait()
  return () => {
    isStopped = true
    cancel()
  }
}

/** Sockets are few to an address; one without a sign-in is good for a question or two. */
function isUnused({ actor, idleSince }: LastingConnection, now: number, { anonymousIdleMs }: TransportLimits): boolean {
  return isStranger(actor) && idleSince !== null && now - idleSince > anonymousIdleMs
}

/** A client that answers pings but takes nothing would hold what it asked for in memory. */
function isStalled(connection: LastingConnection, now: number, { stallMs, bufferedBytes }: TransportLimits): boolean {
  const since = connection.stalledSince
  return (since !== null && now - since > stallMs) || connection.bufferedBytes > bufferedBytes
}
