import type { Clock } from '../clock.ts'
import type { OperationDurations } from '../domain/operation.ts'
import { PlacementQueue } from '../domain/placement.ts'
import type { LiveState } from '../realtime/live-state.ts'
import type { ReplicaStats } from '../store/replicas/replica-stats.ts'
import type { OwnedExpression } from './owned-expression.ts'
import { RateMeter } from './rate-meter.ts'
import { computing, type Session } from './session.ts'

export interface TaskRef {
  readonly owned: OwnedExpression
  readonly task: number
}

/** All that the scheduler has in memory. Losing it costs a replay of the logs and a reconnect of the agents. */
export class SchedulerState implements LiveState {
  /** By id. */
  readonly owned = new Map<string, OwnedExpression>()
  /** By agent. */
  readonly sessions = new Map<string, Session>()
  readonly queue = new PlacementQueue<TaskRef>()
  readonly results: RateMeter
  currentDurations: OperationDurations = { ADD: 0, SUBTRACT: 0, MULTIPLY: 0, DIVIDE: 0, POWER: 0 }
  others: readonly ReplicaStats[] = []

  constructor(clock: Clock) {
    this.results = new RateMeter(clock)
  }

  /** Slots of the agents that can be given tasks now. */
  get openSlots(): number {
    let slots = 0
    for (const session of this.sessions.values()) if (session.attachment && !session.draining) slots += session.slots
    return slots
  }

  tasksOf(expressionId: string, tasks?: readonly number[]) {
    return this.owned.get(expressionId)?.views(tasks)
  }

  succeededOf(expressionId: string): number | undefined {
    return this.owned.get(expressionId)?.graph.succeeded
  }

  agentNow(agentId: string) {
    const session = this.sessions.get(agentId)
    if (session === undefined) return undefined
    const assignments = computing(session).flatMap(({ owned, task, since, durationMs }) => {
      const planned = owned?.graph.plan.tasks[task]
      if (!owned || !planned) return []
      return [
        {
          expressionId: owned.id,
          ownerId: owned.ownerId,
          task,
          operation: planned.operation,
          startedAt: since,
          durationMs,
        },
      ]
    })
    return { revision: session.revision, busySlots: Math.min(session.held.size, session.slots), assignments }
  }

  durations(): OperationDurations {
    return this.currentDurations
  }

  stats(): ReplicaStats {
    const sessions = [...this.sessions.values()].filter(({ attachment }) => attachment !== null)
    return {
      agents: sessions.length,
      slots: sessions.reduce((total, { slots }) => total + slots, 0),
      busySlots: sessions.reduce((total, { held, slots }) => total + Math.min(held.size, slots), 0),
      runningExpressions: this.owned.size,
      readyTasks: this.queue.size,
      tasksPerSecond: this.results.perSecond(),
    }
  }

  othersStats(): readonly ReplicaStats[] {
    return this.others
  }
}
