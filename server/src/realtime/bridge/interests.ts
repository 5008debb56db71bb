import type { Watchable } from '../local-signal.ts'

/** How often a replica tells anew what is watched there, in milliseconds: a hint can be lost, and a replica can come. */
export const renewalMs = 5_000

/** An interest that was not told anew for so many renewals counts no more. */
const lifetime = 3

/**
 * Topics that the other replicas watch. A replica that has just come does not know yet, and takes everything for watched.
 * See docs/decisions/0013.
 */
export class Interests {
  /** For how many renewals each interest still counts. */
  readonly #left: Readonly<Record<Watchable, Map<string, number>>> = {
    expressions: new Map(),
    tasks: new Map(),
    agents: new Map(),
  }
  #presuming = lifetime

  /** Interests that others told may have been lost. */
  presumeAll(): void {
    this.#presuming = lifetime
  }

  get isPresuming(): boolean {
    return this.#presuming > 0
  }

  /** Returns those that are new. */
  add(what: Watchable, ids: readonly string[]): string[] {
    const left = this.#left[what]
    const fresh = ids.filter((id) => !left.has(id))
    for (const id of ids) left.set(id, lifetime)
    return fresh
  }

  /** Whether somebody elsewhere is known to watch it. */
  has(what: Watchable, id: string): boolean {
    return this.#left[what].has(id)
  }

  mayHave(what: Watchable, id: string): boolean {
    return this.isPresuming || this.has(what, id)
  }

  /** To be called once a renewal. By renewals and not by time: a process that stood still has missed none. */
  age(): void {
    if (this.#presuming > 0) this.#presuming--
    for (const left of Object.values(this.#left))
      for (const [id, rounds] of left)
        if (rounds > 1) left.set(id, rounds - 1)
        else left.delete(id)
  }
}
