import type { Clock } from '../../clock.ts'
import type { Announcer } from '../announcer.ts'
import type { Watchable } from '../local-signal.ts'
import type { LiveState } from '../live-state.ts'

/** How long a snapshot waits for the other replicas, in milliseconds: one of them may be lost, and nobody knows yet. */
const longestWaitMs = 250

interface Registration {
  readonly since: number
  readonly knownTo: Set<string>
  /** Until all others have heard of it; null once they have, or nobody waits any more. */
  waiting: Promise<void> | null
  endWait: () => void
}

interface RegistrationsOptions {
  readonly announcer: Announcer
  readonly state: Pick<LiveState, 'othersStats'>
  readonly clock: Clock
  /** Told of what a replica heard of too late: its changes of these last milliseconds are to be looked for. */
  readonly onLate: (id: string, forMs: number) => void
}

/**
 * Other replicas tell of what is watched here, and learn by a hint that it is. What they commit before they know, they tell nobody: so a
 * snapshot is read when all have heard, which takes milliseconds. A replica that hears late, or had forgotten, says
 * so too, and then what it may not have told is looked for.
 */
export class Registrations {
  private readonly registrations = new Map<string, Registration>()
  private readonly what: Watchable
  private readonly options: RegistrationsOptions

  constructor(what: Watchable, options: RegistrationsOptions) {
    this.what = what
    this.options = options
    options.announcer.on('watchAcknowledged', (acknowledged) => {
      if (acknowledged.what === what)
        for (const id of acknowledged.ids) this.noteAcknowledged(id, acknowledged.replicaId)
    })
  }

  /**
   * Somebody here watches it. Resolves when a snapshot of it may be read; null where that is at once, as it is where no heartbeat has told
   * of another replica yet: one that is there all the same counts as late.
   */
  register(id: string): Promise<void> | null {
    const known = this.registrations.get(id)
    if (known) return known.waiting
    const { announcer, state, clock } = this.options
    const registration: Registration = { since: clock.now(), knownTo: new Set(), waiting: null, endWait: () => {} }
    this.registrations.set(id, registration)
    if (state.othersStats().length > 0) this.wait(registration)
    announcer.signal({ kind: 'watched', what: this.what, id })
    return registration.waiting
  }

  /** Nobody here watches it any more. */
  end(id: string): void {
    this.registrations.get(id)?.endWait()
    this.registrations.delete(id)
  }

  private wait(registration: Registration): void {
    registration.waiting = new Promise<void>((resolve) => {
      const cancel = this.options.clock.after(longestWaitMs, () => registration.endWait())
      registration.endWait = () => {
        cancel()
        registration.waiting = null
        resolve()
      }
    })
  }

  private noteAcknowledged(id: string, replicaId: string): void {
    const registration = this.registrations.get(id)
    if (registration === undefined) return
    const { state, clock, onLate } = this.options
    const { knownTo, since } = registration
    const hadForgotten = knownTo.has(replicaId)
    knownTo.add(replicaId)
    // What it kept for itself before it was told anew is looked for by whoever could not tell it for so long.
    if (hadForgotten) onLate(id, 0)
    else if (registration.waiting === null) onLate(id, clock.now() - since)
    else if (knownTo.size >= state.othersStats().length) registration.endWait()
  }
}
