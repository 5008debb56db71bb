import TinyQueue from 'tinyqueue'

/** What waits for a slot. */
export interface Candidate<Ref> {
  readonly ref: Ref
  readonly userId: string
  /** The longest way from this task's start to the end of its expression, in milliseconds. */
  readonly remainingMs: number
  /** Whether it was out and came back, from a lost agent for one: of equals it goes first. */
  readonly returned: boolean
  /** What it takes of a slot, in milliseconds. */
  readonly durationMs: number
}

interface UserQueue<Ref> {
  readonly userId: string
  /** Slot time granted so far, on the clock of `virtualTime`. */
  virtualStart: number
  readonly waiting: TinyQueue<Arrival<Ref>>
}

interface Arrival<Ref> {
  readonly candidate: Candidate<Ref>
  readonly order: number
}

/** What placing a task costs besides its duration, so that tasks without one are shared fairly too. */
const overheadMs = 1

/**
 * The order of placing: fair between users first, then the longest remaining critical path first, then what was
 * out before, then first come first served.
 *
 * Between users it is start-time fair queueing (Goyal, Vin, Cheng 1996): the user with the least slot time granted goes next, and one
 * who comes back after a pause starts level with the rest rather than with credit saved up.
 */
export class PlacementQueue<Ref> {
  private readonly users = new Map<string, UserQueue<Ref>>()
  private readonly active = new TinyQueue<UserQueue<Ref>>([], (a, b) => a.virtualStart - b.virtualStart)
  private virtualTime = 0
  private waiting = 0
  private arrivals = 0

  /** How many candidates wait; those that went stale in the meantime included. */
  get size(): number {
    return this.waiting
  }

  /** How many wait for this user. */
  sizeOf(userId: string): number {
    return this.users.get(userId)?.waiting.length ?? 0
  }

  /** All that wait, in no order; those that went stale in the meantime included. */
  *candidates(): Iterable<Candidate<Ref>> {
    for (const { waiting } of this.users.values()) for (const { candidate } of waiting.data) yield candidate
  }

  /** One of so many of them, spread over them all, and of each user at least one. */
  *sample(stride: number): Iterable<Candidate<Ref>> {
    for (const { waiting } of this.users.values())
      for (let place = 0; place < waiting.length; place += stride) {
        const arrival = waiting.data[place]
        if (arrival) yield arrival.candidate
      }
  }

  add(candidate: Candidate<Ref>): void {
    const user = this.users.get(candidate.userId) ?? this.enter(candidate.userId)
    user.waiting.push({ candidate, order: this.arrivals++ })
    this.waiting++
    if (user.waiting.length > 1) return
    user.virtualStart = Math.max(user.virtualStart, this.virtualTime)
    this.active.push(user)
  }

  /** The next one, without taking it. What has gone stale is dropped on the way, and costs its user nothing. */
  peek(isStale: (ref: Ref) => boolean): Candidate<Ref> | undefined {
    for (;;) {
      const user = this.active.peek()
      const candidate = user?.waiting.peek()?.candidate
      if (user === undefined || candidate === undefined) return undefined
      if (!isStale(candidate.ref)) return candidate
      user.waiting.pop()
      this.waiting--
      if (user.waiting.length === 0) this.active.pop()
    }
  }

  /** Takes the next one out. Call it after `peek`. */
  removeNext(): Candidate<Ref> | undefined {
    const user = this.active.pop()
    const candidate = user?.waiting.pop()?.candidate
    if (user === undefined || candidate === undefined) return undefined
    this.waiting--
    this.virtualTime = user.virtualStart
    user.virtualStart += candidate.durationMs + overheadMs
    if (user.waiting.length > 0) this.active.push(user)
    return candidate
  }

  private enter(userId: string): UserQueue<Ref> {
    if (this.users.size > 2 * this.active.length + 1_000) this.forgetIdleUsers()
    const waiting = new TinyQueue<Arrival<Ref>>([], before)
    const user = { userId, virtualStart: this.virtualTime, waiting }
    this.users.set(userId, user)
    return user
  }

  /** A user who waits for nothing and is not ahead of the others is no different from one never seen. */
  private forgetIdleUsers(): void {
    for (const [userId, user] of this.users)
      if (user.waiting.length === 0 && user.virtualStart <= this.virtualTime) this.users.delete(userId)
  }
}

function before<Ref>(a: Arrival<Ref>, b: Arrival<Ref>): number {
  const [one, other] = [a.candidate, b.candidate]
  if (one.remainingMs !== other.remainingMs) return other.remainingMs - one.remainingMs
  if (one.returned !== other.returned) return one.returned ? -1 : 1
  return a.order - b.order
}
