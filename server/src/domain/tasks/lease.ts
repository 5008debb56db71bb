/**
 * How long an agent's session outlives what keeps it alive. A lease belongs to a session, not to a task: all that a lost session holds
 * goes back at once. See docs/decisions/0003.
 */

/** How an agent's socket came to its end. */
export type DisconnectReason =
  /** The agent said goodbye, or was told to go: it holds nothing any more. */
  | 'left'
  /** The socket closed without a word. */
  | 'closed'
  /** The agent did not answer pings, so its time has passed already. */
  | 'silent'

/** How long to wait for the agent to come back, in milliseconds. */
export function graceAfter(reason: DisconnectReason, graceMs: number): number {
  switch (reason) {
    case 'left':
    case 'silent':
      return 0
    case 'closed':
      return graceMs
    default:
      return reason satisfies never
  }
}

/** How long a task may be out before another agent is given it too: far past its duration, whatever is waiting before it. */
export function overdueAfterMs(durationMs: number): number {
  return 3 * durationMs + 10_000
}

/**
 * How many tasks an agent may hold: its slots, and of short tasks some more, so that it has work while a result travels. Long tasks
 * wait at the server, where any slot that frees first takes them; what is lost to the way is a hundredth of their duration or so.
 * @param durationMs of the task to be placed
 */
export function capacity(slots: number, durationMs: number): number {
  const aheadMs = 10
  // Enough for an agent of many slots to have work all the time; more would only grow old in memory.
  const maxAhead = 256
  if (durationMs >= 10 * aheadMs) return slots
  return slots + Math.min(maxAhead, Math.ceil((slots * aheadMs) / Math.max(durationMs, 1)))
}
