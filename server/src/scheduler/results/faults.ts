import { describeFault } from '../../domain/plan/fault.ts'
import { spanOf } from '../../domain/plan/plan.ts'
import type { FoundFault } from '../../realtime/cluster-message.ts'
import { inBackground } from '../../realtime/in-background.ts'
import type { OwnedExpression } from '../memory/owned-expression.ts'
import { hasOffer } from '../memory/remote-assignment.ts'
import type { SchedulerDeps } from '../placing/deps.ts'
import type { Ending } from './ending.ts'

/** Arithmetic that turned out to have no result. Which of several faults is told is not decided by who was first: see `Failing`. */
export class Faults {
  readonly #deps: SchedulerDeps
  readonly #ending: Ending

  constructor(deps: SchedulerDeps, ending: Ending) {
    this.#deps = deps
    this.#ending = ending
  }

  /** Resolves when the expression has ended by it, or goes on with what may still fail further left. */
  async note(owned: OwnedExpression, found: FoundFault): Promise<void> {
    const planned = owned.graph.plan.tasks[found.task]
    if (planned === undefined || owned.isOver || !owned.wants(found.task)) return
    const { announcer, environment } = this.#deps
    const message = describeFault(planned.operation, spanOf(planned).position, found.code, owned.spellingOf(found.task))
    const useless = owned.noteFault({ ...found, message }, environment.MAX_DIGITS)
    await this.#ending.endIfDone(owned)
    if (owned.isOver) return
    const stopped = useless.flatMap((task) => this.#stop(owned, task))
    if (stopped.length > 0) this.#deps.logger.debug({ tickets: stopped }, 'no longer wanted')
    this.#stopElsewhere(owned, useless)
    announcer.announce({ kind: 'tasks', expressionId: owned.id, tasks: useless })
  }

  /** Returns the tickets of those who had it. */
  #stop(owned: OwnedExpression, task: number): string[] {
    const assignees = owned.assigneesOf(task)
    this.#deps.dispatcher.revoke(assignees)
    const tickets = assignees.map(({ ticket }) => ticket)
    for (const ticket of tickets) owned.graph.unassign(task, ticket)
    return tickets
  }

  /** What is about to be offered comes back in its time. */
  #stopElsewhere(owned: OwnedExpression, tasks: readonly number[]): void {
    const { announcer, logger, persistent, state } = this.#deps
    const stopped = state.remote.of(owned, tasks).filter(({ at }) => at.kind !== 'offering')
    if (stopped.length === 0) return
    for (const assignment of stopped) state.remote.remove(assignment)
    const offers = stopped.filter(hasOffer)
    if (offers.length > 0) inBackground(logger, 'remove offers', () => persistent.offers.remove(offers))
    announcer.broadcast({ kind: 'tasksUseless', expressionId: owned.id, tasks: stopped.map(({ task }) => task) })
  }
}
