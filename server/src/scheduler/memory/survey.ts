import type { OperationName } from '../../domain/operation.ts'
import type { Demand } from '../../domain/demand.ts'
import type { ReplicaDemand } from '../../store/replicas/replica-stats.ts'
import { operationOf, ownedOf } from './assignment.ts'
import type { OwnedExpression } from './owned-expression.ts'
import { isPlaceable } from './placeable.ts'
import type { SchedulerState } from './state.ts'

/** Of so many tasks that are out it is looked at what they make ready; where more are, they keep enough slots busy by themselves. */
const maxOut = 2_000

/** What could use a slot, for those who decide how many there are to be. */
export interface Survey extends Demand {
  readonly oldestReadyAt: number | null
}

/** Of so many tasks in line each is looked at, of more a part that is spread over them all: 250 000 would hold the event loop for 50 ms. */
const maxSurveyed = 5_000

/** Looks at what is ready, what agents have, and what is ready as soon as that is done. */
export function survey(state: SchedulerState): Survey {
  const counter = new DemandCounter()
  for (const session of state.sessions.values())
    for (const assignment of session.assignments.values())
      counter.addBusy(operationOf(assignment), ownedOf(assignment), assignment.task)
  for (const { owned, task, at } of state.remote.all())
    if (at.kind === 'offering' || at.kind === 'offered') counter.addReady(owned, task)
  const stride = Math.max(1, Math.ceil(state.queue.size / maxSurveyed))
  for (const { ref } of state.queue.sample(stride)) if (isPlaceable(ref)) counter.addReady(ref.owned, ref.task, stride)
  for (const { owned, task } of state.solitaryTasks) counter.addReady(owned, task)
  return counter.total()
}

/** As other replicas are told. */
export const shareOfDemand = (
  { ready, busy, useful, byOperation, oldestReadyAt }: Survey,
  now: number,
): ReplicaDemand => ({
  ...{ ready, busy, useful },
  byOperation: [...byOperation].map(([operation, one]) => [operation, one.ready, one.busy, one.useful] as const),
  oldestReadyMs: oldestReadyAt === null ? 0 : Math.max(0, now - oldestReadyAt),
})

interface Counts {
  ready: number
  busy: number
  next: number
}

class DemandCounter {
  readonly #byOperation = new Map<OperationName, Counts>()
  /** Operands that are out, by the tasks that wait for them. */
  readonly #awaited = new Map<OwnedExpression, Map<number, number>>()
  #out = 0
  #oldestReadyAt: number | null = null

  addBusy(operation: OperationName | undefined, owned: OwnedExpression | null, task: number): void {
    if (operation !== undefined) this.#countsOf(operation).busy++
    if (owned) this.#addOut(owned, task)
  }

  /** @param count how many it stands for */
  addReady(owned: OwnedExpression, task: number, count = 1): void {
    const planned = owned.graph.plan.tasks[task]
    if (planned === undefined) return
    this.#countsOf(planned.operation).ready += count
    const { readyAt } = owned.graph.task(task)
    if (readyAt !== null && (this.#oldestReadyAt === null || readyAt < this.#oldestReadyAt))
      this.#oldestReadyAt = readyAt
    this.#addOut(owned, task)
  }

  total(): Survey {
    const byOperation = new Map<OperationName, { ready: number; busy: number; useful: number }>()
    const sum = { ready: 0, busy: 0, next: 0 }
    for (const [operation, { ready, busy, next }] of this.#byOperation) {
      byOperation.set(operation, { ready, busy, useful: Math.max(ready + busy, next) })
      sum.ready += ready
      sum.busy += busy
      sum.next += next
    }
    const useful = Math.max(sum.ready + sum.busy, sum.next)
    return { ready: sum.ready, busy: sum.busy, useful, byOperation, oldestReadyAt: this.#oldestReadyAt }
  }

  #addOut(owned: OwnedExpression, task: number): void {
    if (++this.#out > maxOut) return
    const { graph } = owned
    const { parents } = graph.task(task)
    if (parents.length === 0) return
    const awaited = this.#awaited.get(owned) ?? new Map<number, number>()
    this.#awaited.set(owned, awaited)
    for (const parent of parents) {
      const count = (awaited.get(parent) ?? 0) + 1
      awaited.set(parent, count)
      const operation = graph.plan.tasks[parent]?.operation
      if (count === graph.task(parent).waitingFor && operation !== undefined) this.#countsOf(operation).next++
    }
  }

  #countsOf(operation: OperationName): Counts {
    const known = this.#byOperation.get(operation)
    if (known) return known
    const counts = { ready: 0, busy: 0, next: 0 }
    this.#byOperation.set(operation, counts)
    return counts
  }
}
