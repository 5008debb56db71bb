import type { Announcer } from '../realtime/announcer.ts'
import type { Borrowing } from './offers/borrowing.ts'
import type { BroughtAlong } from './agents/brought-along.ts'
import type { SchedulerDeps } from './placing/deps.ts'
import type { Ending } from './results/ending.ts'
import { inBackground } from '../realtime/in-background.ts'
import type { Intake } from './ownership/intake.ts'
import type { MovedSessions } from './agents/moved-sessions.ts'
import type { Offering } from './offers/offering.ts'
import type { OwnedExpression } from './memory/owned-expression.ts'
import type { Recovery } from './ownership/recovery.ts'
import type { Sessions } from './agents/sessions.ts'

interface Parts {
  readonly borrowing: Borrowing
  readonly broughtAlong: BroughtAlong
  readonly ending: Ending
  readonly intake: Intake
  readonly moved: MovedSessions
  readonly offering: Offering
  readonly recovery: Recovery
  readonly sessions: Sessions
  readonly refreshDurations: () => Promise<void>
}

/** What the scheduler does when something is announced, here or at another replica. */
export function listen(announcer: Announcer, { logger, state }: SchedulerDeps, parts: Parts): void {
  const { borrowing, broughtAlong, ending, intake, moved, offering, recovery, sessions } = parts
  const withOwned = (id: string, what: string, run: (owned: OwnedExpression) => Promise<void>) => {
    const owned = state.owned.get(id)
    if (owned) inBackground(logger, what, () => run(owned))
  }
  announcer.on('operations', () => inBackground(logger, 'read the durations', () => parts.refreshDurations()))
  announcer.on('agent', ({ id }) => {
    recovery.came(id)
    if (state.sessions.get(id)?.place.kind === 'elsewhere')
      inBackground(logger, 'look for an agent', () => sessions.checkMoved())
  })
  announcer.on('holdersWanted', ({ expressionIds }) => broughtAlong.answer(expressionIds))
  announcer.on('holdersTold', ({ replicaId }) => recovery.came(replicaId))
  announcer.on('heldElsewhere', ({ agent, expressionId, held }) => {
    const owned = state.owned.get(expressionId)
    if (owned) moved.note(agent, owned, held)
  })
  announcer.on('agentDrained', ({ id }) => sessions.drain(id))
  announcer.on('agentSuspended', ({ id, reason }) => sessions.suspend(id, reason))
  announcer.on('agentTokenRevoked', ({ id }) => sessions.revokeToken(id))

  announcer.on('expressionQueued', ({ ownerId }) => intake.noticeBacklog(ownerId))
  announcer.on('missed', () => intake.noticeBacklog())
  announcer.on('expressionLeft', ({ id, ownerId }) => {
    intake.noticeLeft(ownerId)
    borrowing.forget(id)
  })
  for (const kind of ['expressionCancelled', 'expressionDeleted'] as const)
    announcer.on(kind, ({ id }) => {
      ending.drop(id)
      borrowing.forget(id)
    })
  announcer.on('expressionRetried', ({ id, epoch }) => {
    borrowing.forget(id, epoch)
    intake.noticeBacklog()
  })

  announcer.on('tasksOffered', () => borrowing.noticeOffers())
  announcer.on('offersTaken', ({ expressionId, taken }) => offering.noteTaken(expressionId, taken))
  announcer.on('offersReturned', ({ expressionId, tasks }) =>
    withOwned(expressionId, 'take tasks back', async (owned) => {
      await offering.revokeAssignments(owned, tasks)
      moved.giveBack(owned, tasks)
    }),
  )
  announcer.on('logWritten', ({ expressionId, tasks }) =>
    withOwned(expressionId, 'catch up with a log', (owned) => offering.settle(owned, tasks)),
  )
}
