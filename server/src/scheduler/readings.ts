import type { Readings } from '../metering/catalogue.ts'
import type { SchedulerState } from './memory/state.ts'
import type { Session } from './memory/session.ts'
import { survey } from './memory/survey.ts'

/** What the gauges of the scheduler stand at. */
export function readScheduler(state: SchedulerState, now: number): Readings {
  const { ready, byOperation, oldestReadyAt } = survey(state)
  const { slots, busySlots } = state.stats()
  const sessions = [...state.sessions.values()]
  const owned = [...state.owned.values()]
  return {
    expressions_active: countBy(owned, ({ phase }) => phase.toUpperCase()),
    queue_backlog: state.hasQueued ? 1 : 0,
    tasks_ready: ready,
    tasks_assigned: sessions.reduce((total, { assignments }) => total + assignments.size, 0),
    oldest_ready_task_age_seconds: oldestReadyAt === null ? 0 : Math.max(0, now - oldestReadyAt) / 1_000,
    agents: countBy(sessions, stateOf),
    agent_slots: slots,
    agent_slots_busy: busySlots,
    useful_slots: new Map([...byOperation].map(([operation, { useful }]) => [operation, useful])),
    offers_open: state.remote.offered - state.remote.claimed,
    replica_expressions_owned: owned.length,
    replica_tasks_owned: state.ownedTasks,
    replica_heartbeat_age_seconds: state.beatAt === null ? 0 : Math.max(0, now - state.beatAt) / 1_000,
    replicas: 1 + state.othersStats().length,
    log_append_in_flight: state.resultsInFlight,
  }
}

function stateOf({ place, draining, distrusted }: Session): string {
  if (place.kind !== 'here') return 'reconnecting'
  if (distrusted) return 'distrusted'
  return draining ? 'draining' : 'connected'
}

function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1)
  return counts
}
