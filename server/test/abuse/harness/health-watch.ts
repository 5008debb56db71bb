import { setTimeout as delay } from 'node:timers/promises'
import { call } from './http.ts'
import { threadTimeOf } from './processor-time.ts'
import type { Testimony } from './witness.ts'

const pauseMs = 40

/** Asks for `/health` again and again, and a program that does nothing else for the same. */
export class HealthWatch {
  #ranMs: number[] = []
  #wallMs: number[] = []
  #controlMs: number[] = []
  #rounds = 0
  #waiting: { readonly since: number; readonly ranMs: number } | null = null
  readonly #port: number
  readonly #controlPort: number
  readonly #pid: number

  constructor(port: number, controlPort: number, pid: number) {
    this.#port = port
    this.#controlPort = controlPort
    this.#pid = pid
    void this.#watch()
  }

  begin(): void {
    this.#ranMs = []
    this.#wallMs = []
    this.#controlMs = []
  }

  /** Resolves when one that is asked for from now on has been answered. */
  async settled(): Promise<void> {
    const wanted = this.#rounds + 2
    while (this.#rounds < wanted) await delay(pauseMs)
  }

  testimony(): Pick<Testimony, 'healthMs' | 'healthWallMs' | 'controlWallMs'> {
    if (this.#waiting !== null) this.#note(this.#waiting.since, this.#waiting.ranMs)
    return {
      healthMs: Math.max(0, ...this.#ranMs),
      healthWallMs: Math.max(0, ...this.#wallMs),
      controlWallMs: Math.max(0, ...this.#controlMs),
    }
  }

  async #watch(): Promise<never> {
    for (;;) {
      await Promise.all([this.#askServer(), this.#askControl()])
      this.#rounds += 1
      await delay(pauseMs)
    }
  }

  async #askServer(): Promise<void> {
    const since = performance.now()
    const { ranMs } = threadTimeOf(this.#pid)
    this.#waiting = { since, ranMs }
    const { status } = await call(this.#port, { method: 'GET', path: '/health' })
    this.#waiting = null
    // Without an answer: as if it had taken for ever.
    if (status === 200) this.#note(since, ranMs)
    else this.#ranMs.push(Infinity)
  }

  #note(since: number, ranMs: number): void {
    this.#ranMs.push(threadTimeOf(this.#pid).ranMs - ranMs)
    this.#wallMs.push(performance.now() - since)
  }

  async #askControl(): Promise<void> {
    const since = performance.now()
    await call(this.#controlPort, { method: 'GET', path: '/health' })
    this.#controlMs.push(performance.now() - since)
  }
}
