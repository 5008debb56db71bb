import type { OwnedExpression } from '../memory/owned-expression.ts'
import type { RemoteAgent, RemoteAssignment, Whereabouts } from '../memory/remote-assignment.ts'
import type { SchedulerState } from '../memory/state.ts'

/** The one place where remote assignments come, move and go, so that what is counted of them is true. */
export class RemoteBook {
  /** Tasks with an offer, and those of them that are known to be claimed. */
  offered = 0
  claimed = 0
  /** Of each agent that has gone to another replica, how many tasks it has. */
  readonly #handedOff = new Map<string, number>()
  readonly #state: SchedulerState

  constructor({ state }: { readonly state: SchedulerState }) {
    this.#state = state
  }

  add(owned: OwnedExpression, assignment: RemoteAssignment): void {
    owned.elsewhere().add(assignment)
    this.#count(assignment.at, 1)
  }

  /** It becomes another one, so that whoever asked about the earlier sees that it is no more. */
  move(owned: OwnedExpression, assignment: RemoteAssignment, at: Whereabouts): void {
    if (this.remove(owned, assignment)) this.add(owned, { ...assignment, at })
  }

  /** Returns whether it was there. */
  remove({ remote }: OwnedExpression, assignment: RemoteAssignment): boolean {
    if (!remote?.includes(assignment)) return false
    remote.remove(assignment)
    this.#count(assignment.at, -1)
    return true
  }

  /** Expressions that have any. */
  expressions(): OwnedExpression[] {
    return [...this.#state.owned.values()].filter(({ remote }) => remote?.isEmpty === false)
  }

  isHandedOffTo(agentId: string): boolean {
    return this.#handedOff.has(agentId)
  }

  handedOffTo(agentId: string) {
    if (!this.isHandedOffTo(agentId)) return []
    const found: { owned: OwnedExpression; assignment: RemoteAssignment; agent: RemoteAgent }[] = []
    for (const owned of this.expressions())
      for (const assignment of owned.elsewhere().all()) {
        const { at } = assignment
        if (at.kind === 'handedOff' && at.agent.agentId === agentId) found.push({ owned, assignment, agent: at.agent })
      }
    return found
  }

  #count(at: Whereabouts, change: 1 | -1): void {
    switch (at.kind) {
      case 'offering':
      case 'offered':
        this.offered += change
        return
      case 'claimed':
        this.offered += change
        this.claimed += change
        return
      case 'handedOff': {
        const { agentId } = at.agent
        const count = (this.#handedOff.get(agentId) ?? 0) + change
        if (count > 0) this.#handedOff.set(agentId, count)
        else this.#handedOff.delete(agentId)
        return
      }
      default:
        return at satisfies never
    }
  }
}
