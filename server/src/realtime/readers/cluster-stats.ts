import type { ReplicaStats } from '../../store/replicas/replica-stats.ts'

/** The figures of all replicas together. */
export interface ClusterStats extends ReplicaStats {
  readonly replicas: number
}

export function clusterStatsOf(own: ReplicaStats, others: readonly ReplicaStats[]): ClusterStats {
  const all = [own, ...others]
  const sum = (figure: Exclude<keyof ReplicaStats, 'demand' | 'flow'>) =>
    all.reduce((total, stats) => total + (stats[figure] ?? 0), 0)
  return {
    replicas: all.length,
    agents: sum('agents'),
    slots: sum('slots'),
    busySlots: sum('busySlots'),
    runningExpressions: sum('runningExpressions'),
    readyTasks: sum('readyTasks'),
    tasksPerSecond: sum('tasksPerSecond'),
  }
}
