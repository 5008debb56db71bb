import type { Announcement } from '../../src/realtime/announcer.ts'
import { delayOf, type Context } from './context.ts'
import type { Replica } from './replica/replica.ts'

/** Carries announcements between replicas, late, in any order, sometimes twice, and not at all to one that is deaf. */
export function connectHints(context: Context, replica: Replica, all: () => readonly Replica[]): void {
  const carry = (announcement: Announcement) => {
    for (const other of all()) {
      if (other === replica) continue
      const hear = () => other.hear(announcement)
      context.loop.schedule(other.process, delayOf(context), hear)
      if (context.random.chance(context.faults.duplicateRate))
        context.loop.schedule(other.process, 3 * delayOf(context), hear)
    }
  }
  // As the bridge does; nobody watches what agents compute, or operations.
  replica.announcer.connect({
    announce(change) {
      if (change.kind !== 'agentWork' && change.kind !== 'operations') carry(change)
    },
    broadcast(message) {
      if (message.kind !== 'expressionLeft' || message.mayBeElsewhere) carry(message)
    },
  })
}
