/** A replica's share of the cluster's figures, as it stands in its row. */
export interface ReplicaStats {
  readonly agents: number
  readonly slots: number
  readonly busySlots: number
  readonly runningExpressions: number
  readonly readyTasks: number
  readonly tasksPerSecond: number
}
