import { inBackground } from '../realtime/in-background.ts'
import type { OwnedExpression } from './memory/owned-expression.ts'
import type { SchedulerParts } from './parts.ts'
import { answerWanted } from './remote/foreign-assignments.ts'

/** What the scheduler does when something is announced, here or at another replica. */
export function listen(parts: SchedulerParts, refreshDurations: () => Promise<void>): void {
  const { deps, claiming, ending, faults, foreignResults, intake, offering, recovery, remoteWork, sessions } = parts
  const { announcer, logger, state } = deps
  const withOwned = (id: string, what: string, run: (owned: OwnedExpression) => Promise<void>) => {
    const owned = state.owned.get(id)
    if (owned) inBackground(logger, what, () => run(owned))
  }
  announcer.on('operations', () => inBackground(logger, 'read the durations', refreshDurations))
  announcer.on('agent', ({ id }) => {
    recovery.came(id)
    remoteWork.noticeAgent(id)
  })
  announcer.on('assignmentsWanted', ({ expressionIds }) =>
    inBackground(logger, 'tell what agents here have', () => answerWanted(deps, foreignResults, expressionIds)),
  )
  announcer.on('assignmentsTold', ({ replicaId }) => recovery.came(replicaId))
  announcer.on('assigned', (assigned) => {
    const owned = state.owned.get(assigned.expressionId)
    if (owned) remoteWork.noteAssigned(owned, assigned)
  })
  announcer.on('agentDrained', ({ id }) => sessions.drain(id))
  announcer.on('agentUndrained', ({ id }) => sessions.undrain(id))
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
      state.incoming.cancel(id)
      ending.discard(id)
      claiming.revoke(id)
    })
  announcer.on('expressionRetried', ({ id, epoch }) => {
    ending.discard(id, epoch)
    claiming.revoke(id, epoch)
    intake.noticeBacklog()
  })

  announcer.on('tasksOffered', () => claiming.noticeOffers())
  announcer.on('released', ({ expressionId, tasks }) =>
    withOwned(expressionId, 'reclaim tasks', (owned) => remoteWork.noteReleased(owned, tasks)),
  )
  announcer.on('faultFound', ({ expressionId, fault }) =>
    withOwned(expressionId, 'note a fault', (owned) => faults.note(owned, fault)),
  )
  announcer.on('tasksUseless', ({ expressionId, tasks }) => claiming.revokeTasks(expressionId, new Set(tasks)))
  announcer.on('logWritten', ({ expressionId, tasks }) =>
    withOwned(expressionId, 'catch up with a log', async (owned) => {
      await remoteWork.settle(owned, tasks)
      offering.offerSoon()
    }),
  )
}
