import type { Announcer } from '../realtime/announcer.ts'
import type { Claiming } from './remote/claiming.ts'
import type { SchedulerDeps } from './placing/deps.ts'
import type { Ending } from './results/ending.ts'
import { inBackground } from '../realtime/in-background.ts'
import type { Intake } from './ownership/intake.ts'
import type { Offering } from './remote/offering.ts'
import type { RemoteWork } from './remote/remote-work.ts'
import { answerWanted } from './remote/foreign-assignments.ts'
import type { OwnedExpression } from './memory/owned-expression.ts'
import type { Recovery } from './ownership/recovery.ts'
import type { Sessions } from './agents/sessions.ts'

interface Parts {
  readonly claiming: Claiming
  readonly ending: Ending
  readonly intake: Intake
  readonly offering: Offering
  readonly remoteWork: RemoteWork
  readonly recovery: Recovery
  readonly sessions: Sessions
  readonly refreshDurations: () => Promise<void>
}

/** What the scheduler does when something is announced, here or at another replica. */
export function listen(announcer: Announcer, deps: SchedulerDeps, parts: Parts): void {
  const { logger, state } = deps
  const { claiming, ending, intake, offering, recovery, remoteWork, sessions } = parts
  const withOwned = (id: string, what: string, run: (owned: OwnedExpression) => Promise<void>) => {
    const owned = state.owned.get(id)
    if (owned) inBackground(logger, what, () => run(owned))
  }
  announcer.on('operations', () => inBackground(logger, 'read the durations', () => parts.refreshDurations()))
  announcer.on('agent', ({ id }) => {
    recovery.came(id)
    remoteWork.noticeAgent(id)
  })
  announcer.on('assignmentsWanted', ({ expressionIds }) => answerWanted(deps, expressionIds))
  announcer.on('assignmentsTold', ({ replicaId }) => recovery.came(replicaId))
  announcer.on('assigned', (assigned) => {
    const owned = state.owned.get(assigned.expressionId)
    if (owned) remoteWork.noteAssigned(owned, assigned)
  })
  announcer.on('agentDrained', ({ id }) => sessions.drain(id))
  announcer.on('agentSuspended', ({ id, reason }) => sessions.suspend(id, reason))
  announcer.on('agentTokenRevoked', ({ id }) => sessions.revokeToken(id))

  announcer.on('expressionQueued', ({ ownerId }) => intake.noticeBacklog(ownerId))
  announcer.on('missed', () => intake.noticeBacklog())
  announcer.on('expressionLeft', ({ id, ownerId, epoch }) => {
    intake.noticeLeft(ownerId)
    claiming.revoke(id, epoch + 1)
  })
  for (const kind of ['expressionCancelled', 'expressionDeleted'] as const)
    announcer.on(kind, ({ id }) => {
      ending.discard(id)
      claiming.revoke(id)
    })
  announcer.on('expressionRetried', ({ id, epoch }) => {
    claiming.revoke(id, epoch)
    intake.noticeBacklog()
  })

  announcer.on('tasksOffered', () => claiming.noticeOffers())
  announcer.on('released', ({ expressionId, tasks }) =>
    withOwned(expressionId, 'reclaim tasks', (owned) => remoteWork.noteReleased(owned, tasks)),
  )
  announcer.on('logWritten', ({ expressionId, tasks }) =>
    withOwned(expressionId, 'catch up with a log', async (owned) => {
      await remoteWork.settle(owned, tasks)
      offering.offerSoon()
    }),
  )
}
