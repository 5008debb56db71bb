import { monotonicNow, pause, type Clock } from '../clock.ts'

/** Of one host, whoever's webhooks lead there: while so many attempts are under way nothing more is claimed for it, and so far apart they begin. */
export const hostLimits = { atOnce: 4, gapMs: 20 } as const

interface Host {
  inFlight: number
  /** By the process's own time. */
  nextAt: number
}

/** Keeps a pace for each host. */
export class Hosts {
  readonly #hosts = new Map<string, Host>()
  readonly #clock: Pick<Clock, 'after'>

  constructor(clock: Pick<Clock, 'after'>) {
    this.#clock = clock
  }

  /** Hosts for which nothing more is to be claimed. */
  busy(): readonly string[] {
    return [...this.#hosts].flatMap(([name, { inFlight }]) => (inFlight >= hostLimits.atOnce ? [name] : []))
  }

  /** Works when it is the host's turn. */
  async use<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const host = this.#hosts.get(name) ?? { inFlight: 0, nextAt: 0 }
    this.#hosts.set(name, host)
    host.inFlight += 1
    try {
      const now = monotonicNow()
      const at = Math.max(now, host.nextAt)
      host.nextAt = at + hostLimits.gapMs
      if (at > now) await pause(this.#clock, at - now)
      return await work()
    } finally {
      host.inFlight -= 1
      if (host.inFlight === 0 && host.nextAt <= monotonicNow()) this.#hosts.delete(name)
    }
  }
}
