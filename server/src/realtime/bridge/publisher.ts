import { encodeMessages, type BridgeMessage } from './message.ts'

/**
 * A NOTIFY takes a lock across all commits of the database: sending is to take no more than this share of the time. On a busy database
 * that would make for long pauses, so none is longer than the other.
 */
const share = 0.05
const longestPauseMs = 50
/** How long a stop may wait for a database that does not answer. */
const longestStopMs = 1_000

/**
 * Gathers messages and sends them, the first at once and the next after a pause: a few milliseconds where the database answers at once, a
 * twentieth of a second where it is busy. Of equal keys the last counts, and it is made as it is sent, so that it tells the latest.
 */
export class Publisher {
  private readonly waiting = new Map<string, () => readonly BridgeMessage[]>()
  private sending = false
  private drained: Promise<void> = Promise.resolve()
  private readonly from: string
  private readonly send: (payload: string) => Promise<void>

  constructor(from: string, send: (payload: string) => Promise<void>) {
    this.from = from
    this.send = send
  }

  add(key: string, make: () => readonly BridgeMessage[]): void {
    this.waiting.set(key, make)
    if (!this.sending) this.drained = this.drain()
  }

  /** Resolves when all is sent that can be. */
  async stop(): Promise<void> {
    await Promise.race([this.drained, new Promise((resolve) => setTimeout(resolve, longestStopMs).unref())])
  }

  private async drain(): Promise<void> {
    this.sending = true
    await Promise.resolve()
    while (this.waiting.size > 0) {
      const messages = [...this.waiting.values()].flatMap((make) => make())
      this.waiting.clear()
      const beganAt = performance.now()
      for (const payload of encodeMessages(this.from, messages)) await this.send(payload)
      const pauseMs = Math.min(longestPauseMs, (performance.now() - beganAt) / share)
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
    this.sending = false
  }
}
