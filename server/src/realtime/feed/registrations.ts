import type { Clock } from '../../clock.ts'
import type { Announcer } from '../announcer.ts'
import type { Watchable } from '../local-signal.ts'
import type { LiveState } from '../live-state.ts'

/** A snapshot waits for the other replicas for so long, in milliseconds: one of them may be lost, and nobody knows yet. */
const maxWaitMs = 250

interface Registration {
  readonly since: number
  readonly knownTo: Set<string>
  /** Until all other replicas have acknowledged; null once they have, or nobody waits any more. */
  waiting: Promise<void> | null
  endWait: () => void
}

interface RegistrationsOptions {
  readonly announcer: Announcer
  readonly state: Pick<LiveState, 'othersStats'>
  readonly clock: Clock
  /** A replica acknowledged too late: its changes of these last milliseconds are to be looked for. */
  readonly onLate: (id: string, forMs: number) => void
}

/**
 * Other replicas learn by a hint what is watched here, acknowledge it, and tell of its changes from then on. Changes that they commit before
 * they know, they tell nobody: so a snapshot is read when all have acknowledged, which takes milliseconds. A replica that learns of it late,
 * or had forgotten it, acknowledges too, and then the changes that it may have kept for itself are looked for.
 */
export class Registrations {
  readonly #registrations = new Map<string, Registration>()
  readonly #what: Watchable
  readonly #options: RegistrationsOptions

  constructor(what: Watchable, options: RegistrationsOptions) {
    this.#what = what
    this.#options = options
    options.announcer.on('watchAcknowledged', (acknowledged) => {
      if (acknowledged.what === what)
        for (const id of acknowledged.ids) this.#noteAcknowledged(id, acknowledged.replicaId)
    })
  }

  /**
   * Somebody here watches it. Resolves when a snapshot of it may be read; null where that is at once, as it is where no heartbeat has told
   * of another replica yet: one that is there all the same counts as late.
   */
  register(id: string): Promise<void> | null {
    const known = this.#registrations.get(id)
    if (known) return known.waiting
    const { announcer, state, clock } = this.#options
    const registration: Registration = { since: clock.now(), knownTo: new Set(), waiting: null, endWait: () => {} }
    this.#registrations.set(id, registration)
    if (state.othersStats().length > 0) this.#wait(registration)
    announcer.signal({ kind: 'watched', what: this.#what, id })
    return registration.waiting
  }

  /** Nobody here watches it any more. */
  end(id: string): void {
    this.#registrations.get(id)?.endWait()
    this.#registrations.delete(id)
  }

  #wait(registration: Registration): void {
    registration.waiting = new Promise<void>((resolve) => {
      const cancel = this.#options.clock.after(maxWaitMs, () => registration.endWait())
      registration.endWait = () => {
        cancel()
        registration.waiting = null
        resolve()
      }
    })
  }

  #noteAcknowledged(id: string, replicaId: string): void {
    const registration = this.#registrations.get(id)
    if (registration === undefined) return
    const { state, clock, onLate } = this.#options
    const { knownTo, since } = registration
    const hadForgotten = knownTo.has(replicaId)
    knownTo.add(replicaId)
    // The replica kept changes for itself before it was told anew. For how long, the bridge knows, and has them looked for.
    if (hadForgotten) onLate(id, 0)
    else if (registration.waiting === null) onLate(id, clock.now() - since)
    else if (knownTo.size >= state.othersStats().length) registration.endWait()
  }
}
