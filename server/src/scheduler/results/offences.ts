import { maxRefusals } from '../../domain/tasks/agent-quota.ts'
import type { Attempts } from './attempts.ts'
import type { SchedulerDeps } from '../placing/deps.ts'
import type { Assignment } from '../memory/assignment.ts'

/** A result that cannot be. */
export interface Refused {
  readonly assignment: Assignment
  /** Whether its agent had the task still: then it goes to another. */
  readonly isAssigned: boolean
  readonly fault: string
}

/** Takes note of results that cannot be: their tasks are given out again, and an agent that has returned a few is set aside. */
export class Offences {
  private readonly deps: SchedulerDeps
  private readonly attempts: Attempts

  constructor(deps: SchedulerDeps, attempts: Attempts) {
    this.deps = deps
    this.attempts = attempts
  }

  /** @param refused results of this agent */
  async note(agentId: string, refused: readonly Refused[]): Promise<void> {
    const { announcer, dispatcher, logger, persistent, state } = this.deps
    const last = refused.at(-1)
    if (last === undefined) return
    const session = state.sessions.get(agentId)
    // The agent is given nothing until this is noted: its tasks are to go to others, and it is not to be given more than it may spoil.
    if (session) session.distrusted = true
    try {
      const assignment = refused.filter(({ isAssigned }) => isAssigned)
      await this.attempts.fail(
        assignment.map(({ assignment, fault }) => ({
          assignment,
          outcome: 'REFUSED',
          message: `The agent returned a result that cannot be. ${fault}`,
        })),
      )
      const refusals = { count: refused.length, reason: last.fault }
      const isSuspended = await persistent.presence.noteRefusals(agentId, refusals, maxRefusals)
      logger.warn(
        { agent: session?.name ?? agentId, results: refused.length, fault: last.fault },
        'refused results that cannot be',
      )
      if (isSuspended) {
        logger.warn(
          { agent: session?.name ?? agentId, id: agentId },
          'an agent is set aside; an admin can reinstate it',
        )
        announcer.broadcast({ kind: 'agentSuspended', id: agentId, reason: last.fault })
      }
      announcer.announce({ kind: 'agent', id: agentId })
    } finally {
      if (session) session.distrusted = false
      dispatcher.request()
    }
  }
}
