import type { Announcement } from '../../src/realtime/announcer.ts'
import { delayOf, type Context } from './context.ts'
import type { Replica } from './replica/replica.ts'

/** Carries announcements between replicas, late, in any order, sometimes twice, and not at all to one that is deaf. */
export function connectHints(context: Context, replica: Replica, all: () => readonly Replica[]): void {
  replica.announcer.onOwn((announcement) => {
    if (!isTold(announcement)) return
    for (const other of all()) {
      if (other === replica) continue
      const hear = () => other.hear(announcement)
      context.loop.schedule(other.process, delayOf(context), hear)
      if (context.random.chance(context.faults.duplicateRate))
        context.loop.schedule(other.process, 3 * delayOf(context), hear)
    }
  })
}

/** As the bridge does. */
function isTold(announcement: Announcement): boolean {
  const { kind } = announcement
  switch (kind) {
    case 'expressionLeft':
      return announcement.wasLent
    case 'expression':
    case 'expressionQueued':
    case 'expressionCancelled':
    case 'expressionRetried':
    case 'expressionDeleted':
    case 'logWritten':
    case 'tasksOffered':
    case 'offersTaken':
    case 'offersReturned':
    case 'tasks':
      return true
    case 'agent':
    case 'agentWork':
    case 'agentDrained':
    case 'agentTokenRevoked':
    case 'signInsEnded':
    case 'heldElsewhere':
    case 'holdersTold':
    case 'holdersWanted':
    case 'operations':
    case 'stats':
    case 'slotsOpened':
    case 'slotsFull':
    case 'watched':
    case 'heard':
    case 'missed':
      return false
    default:
      return kind satisfies never
  }
}
