/** A replica's share of the cluster's figures, as it stands in its row. */
export interface ReplicaStats {
  readonly agents: number
  readonly slots: number
  readonly busySlots: number
  readonly runningExpressions: number
  readonly readyTasks: number
  readonly tasksPerSecond: number
  /** As of the last heartbeat; not told by earlier versions. */
  readonly demand?: ReplicaDemand
  /** Over the last two heartbeats; not told by earlier versions. */
  readonly flow?: ReplicaFlow
}

/** What went through a replica. */
export interface ReplicaFlow {
  readonly perSecond: readonly (readonly [operation: string, perSecond: number])[]
  /** Tasks that were begun, and for how long all of them together had been ready. */
  readonly begun: number
  readonly delayMs: number
}

/** What at a replica could use a slot. See domain/demand.ts. */
export interface ReplicaDemand {
  readonly ready: number
  readonly busy: number
  readonly useful: number
  readonly byOperation: readonly (readonly [operation: string, ready: number, busy: number, useful: number])[]
  /** How long the oldest ready task has been so. */
  readonly oldestReadyMs: number
}
