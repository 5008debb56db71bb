import type { Clock } from '../../clock.ts'

/** How often interests are told anew, and how long one counts that is not; a hint can be lost, and a replica can end. */
export const renewalMs = 5_000
const lifetimeMs = 3 * renewalMs

/** What the other replicas watch: an expression's id, or `agents`. */
export class Interests {
  private readonly until = new Map<string, number>()
  private readonly clock: Clock

  constructor(clock: Clock) {
    this.clock = clock
  }

  /** Returns those that are new. */
  note(topics: readonly string[]): string[] {
    const now = this.clock.now()
    for (const [topic, until] of this.until) if (until < now) this.until.delete(topic)
    const fresh = topics.filter((topic) => !this.until.has(topic))
    for (const topic of topics) this.until.set(topic, now + lifetimeMs)
    return fresh
  }

  has(topic: string): boolean {
    const until = this.until.get(topic)
    return until !== undefined && until >= this.clock.now()
  }
}
