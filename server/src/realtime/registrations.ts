import type { Clock } from '../clock.ts'
import type { Announcer, Watchable } from './announcer.ts'
import type { LiveState } from './live-state.ts'

/** How long a snapshot waits for the other replicas, in milliseconds: one of them may be lost, and nobody knows yet. */
const longestWaitMs = 250

interface Registration {
  readonly since: number
  readonly heardBy: Set<string>
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
 * snapshot is read when all have heard, which takes milliseconds. A replica that hears late is not waited for, and says that it has heard.
 */
export class Registrations {
  private readonly registrations = new Map<string, Registration>()
  private readonly what: Watchable
  private readonly options: RegistrationsOptions

  constructor(what: Watchable, options: RegistrationsOptions) {
    this.what = what
    this.options = options
    options.announcer.on('heard', (heard) => {
      if (heard.what === what) for (const id of heard.ids) this.noteHeard(id, heard.replicaId)
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
    const registration: Registration = { since: clock.now(), heardBy: new Set(), waiting: null, endWait: () => {} }
    this.registrations.set(id, registration)
    if (state.othersStats().length > 0) this.wait(registration)
    announcer.announce({ kind: 'watched', what: this.what, id })
    return registration.waiting
  }

  /** Nobody here watches it any more. */
  end(id: string): void {
    this.registrations.get(id)?.endWait()
    this.registrations.delete(id)
  }

  private wait(registration: Registration): void {
    registration.waiting = new Promise<void>((resolve) => {
      const timer = setTimeout(() => registration.endWait(), longestWaitMs)
      registration.endWait = () => {
        clearTimeout(timer)
        registration.waiting = null
        resolve()
      }
    })
  }

  private noteHeard(id: string, replicaId: string): void {
    const registration = this.registrations.get(id)
    // One that hears of it once more had forgotten it: whoever could not tell it anew knows that something was missed.
    if (registration === undefined || registration.heardBy.has(replicaId)) return
    registration.heardBy.add(replicaId)
    const { state, clock, onLate } = this.options
    if (registration.waiting === null) onLate(id, clock.now() - registration.since)
    else if (registration.heardBy.size >= state.othersStats().length) registration.endWait()
  }
}
