import type { Bulk, Occupation, PendingExpression, PendingTask, Workload } from '../../domain/prediction/workload.ts'
import { ownedOf, type Assignment } from './assignment.ts'
import { isPlaceable } from './placeable.ts'
import { agentOf } from './remote-assignment.ts'
import type { SchedulerState } from './state.ts'

/** More that wait are not looked at one by one: by then the order among them hardly matters. */
const maxWaiting = 5_000

/**
 * What there is to compute at this replica, and what with: slots of others are taken as they were at the last heartbeat.
 * @param target of which nothing may be left out
 */
export function workloadOf(state: SchedulerState, now: number, target: PendingExpression): Workload {
  const occupied: Occupation[] = []
  const ahead: PendingTask[] = []
  let freeSlots = state.freeSlotsElsewhere
  for (const session of state.sessions.values()) {
    const isOpen = session.place.kind === 'here' && !session.draining && !session.distrusted
    if (isOpen) freeSlots += Math.max(0, session.slots - session.running)
    for (const assignment of session.assignments.values())
      if (assignment.startedAt === null) ahead.push(...pendingOf(assignment))
      else
        occupied.push({
          of: pendingOf(assignment)[0] ?? null,
          remainingMs: remainingMsOf(assignment, assignment.startedAt, now, state),
          freesSlot: isOpen,
        })
  }
  const offered: PendingTask[] = []
  for (const remote of state.remote.all()) {
    const pending = { expression: remote.owned, task: remote.task }
    if (agentOf(remote) === null) offered.push(pending)
    else occupied.push({ of: pending, remainingMs: remainingMsOf(remote, remote.since, now, state), freesSlot: true })
  }
  const { waiting, bulks } = waitingOf(state, target)
  return {
    ...{ freeSlots, occupied, ahead, bulks, waiting: [...offered, ...waiting] },
    retries: retriesOf(state, now),
    durations: state.currentDurations,
    overheadMs: state.overhead.meanMs,
  }
}

function pendingOf(assignment: Assignment): PendingTask[] {
  const owned = ownedOf(assignment)
  return owned ? [{ expression: owned, task: assignment.task }] : []
}

const remainingMsOf = (
  { durationMs }: Pick<Assignment, 'durationMs'>,
  startedAt: number,
  now: number,
  { overhead }: SchedulerState,
): number => Math.max(0, startedAt + durationMs + overhead.meanMs - now)

function waitingOf(state: SchedulerState, target: PendingExpression): Pick<Workload, 'waiting' | 'bulks'> {
  const waiting: PendingTask[] = []
  const rest = new Map<string, { tasks: number; totalMs: number }>()
  for (const { ref, userId, durationMs } of state.queue.candidates()) {
    const { owned, task } = ref
    if (!isPlaceable(ref)) continue
    if (waiting.length < maxWaiting || owned === target) waiting.push({ expression: owned, task })
    else {
      const { tasks, totalMs } = rest.get(userId) ?? { tasks: 0, totalMs: 0 }
      rest.set(userId, { tasks: tasks + 1, totalMs: totalMs + durationMs })
    }
  }
  for (const { owned: expression, task } of state.solitaryTasks) waiting.push({ expression, task })
  // What came back after a lost replica is not in line yet, and will be.
  const recovering = [...state.owned.values()].find((owned) => owned === target && owned.phase === 'recovering')
  for (const task of recovering?.graph.ready() ?? []) waiting.push({ expression: target, task })
  return { waiting, bulks: [...rest].map(([userId, bulk]): Bulk => ({ userId, ...bulk })) }
}

function* retriesOf(state: SchedulerState, now: number): Iterable<PendingTask & { readonly inMs: number }> {
  for (const owned of state.owned.values())
    for (const [task, at] of owned.retries)
      if (owned.graph.task(task).state === 'READY') yield { expression: owned, task, inMs: Math.max(0, at - now) }
}
