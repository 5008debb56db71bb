import { rateLimited, type RateLimitedError } from '../../domain/failure.ts'

export interface PasswordQueueLimits {
  /** Passwords hashed at once, 19 MiB and a thread of libuv's four each: two threads are left for files and names. */
  readonly running: number
  /** Those that wait or run, from wherever. At some 40 ms each the last of 64 waits a little over a second. */
  readonly places: number
  /** Of these, for those whom nobody knows: whoever signs in from a device of before finds one even while strangers fill theirs. */
  readonly strangersPlaces: number
  /** For one applicant. */
  readonly placesEach: number
}

const defaultLimits: PasswordQueueLimits = { running: 2, places: 64, strangersPlaces: 48, placesEach: 8 }

/** When to come back: the queue is worked off within seconds. */
const retryAfterSeconds = 3

/** A device that has signed in before, or else a network. */
export interface Applicant {
  readonly key: string
  readonly isKnown: boolean
}

/** A place in the queue, to be left whatever happens. */
export interface Place {
  readonly kind: 'place'
  /** Works when it is its turn. */
  compute<Result>(work: () => Promise<Result>): Promise<Result>
  leave(): void
}

/** Bounds what hashing passwords takes of memory and of threads, and how long it makes others wait. */
export class PasswordQueue {
  readonly #limits: PasswordQueueLimits
  #taken = 0
  readonly #takenByKey = new Map<string, number>()
  #running = 0
  readonly #waiting: (() => void)[] = []

  constructor(limits: PasswordQueueLimits = defaultLimits) {
    this.#limits = limits
  }

  enter({ key, isKnown }: Applicant): Place | RateLimitedError {
    const taken = this.#takenByKey.get(key) ?? 0
    const places = isKnown ? this.#limits.places : this.#limits.strangersPlaces
    if (this.#taken >= places || taken >= this.#limits.placesEach) return rateLimited(retryAfterSeconds)
    this.#taken += 1
    this.#takenByKey.set(key, taken + 1)
    let isLeft = false
    return {
      kind: 'place',
      compute: (work) => this.#inTurn(work),
      leave: () => {
        if (isLeft) return
        isLeft = true
        this.#leave(key)
      },
    }
  }

  async #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#running < this.#limits.running) this.#running += 1
    // Whoever is done hands the turn on.
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#running -= 1
    }
  }

  #leave(key: string): void {
    this.#taken -= 1
    const left = (this.#takenByKey.get(key) ?? 1) - 1
    if (left === 0) this.#takenByKey.delete(key)
    else this.#takenByKey.set(key, left)
  }
}
