import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import { type Span, toOtlp } from './span.ts'
import type { TracingSettings } from './settings.ts'

/** Spans that wait to be sent, and so the most in a request and in a pause; what comes when so many do is not told. */
const maxWaiting = 1_024
const pauseMs = 1_000

/** Sends spans to a collector, a request at a time. Nobody waits for it, and what it cannot send is dropped. */
export class Exporter {
  readonly #settings: TracingSettings
  readonly #clock: Clock
  readonly #log: Logger
  #waiting: Span[] = []
  #isAnswering = true
  #sending: Promise<void> = Promise.resolve()
  #cancelPause: (() => void) | null = null

  constructor(settings: TracingSettings, clock: Clock, log: Logger) {
    this.#settings = settings
    this.#clock = clock
    this.#log = log
  }

  get hasRoom(): boolean {
    return this.#waiting.length < maxWaiting
  }

  add(span: Span): void {
    if (!this.hasRoom) return
    this.#waiting.push(span)
    this.#cancelPause ??= this.#clock.after(pauseMs, () => void this.flush())
  }

  /** Resolves when all that waits now was sent, or dropped. Never rejects. */
  flush(): Promise<void> {
    this.#cancelPause?.()
    this.#cancelPause = null
    this.#sending = this.#sending.then(() => this.#send(this.#waiting.splice(0)))
    return this.#sending
  }

  async #send(spans: readonly Span[]): Promise<void> {
    if (spans.length === 0) return
    const { url, headers, timeoutMs, resource } = this.#settings
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: toOtlp(spans, resource),
        signal: AbortSignal.timeout(timeoutMs),
      })
      await response.body?.cancel()
      if (!response.ok) throw new Error(`it answers ${response.status}`)
      if (!this.#isAnswering) this.#log.info('the collector of traces answers again')
      this.#isAnswering = true
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      if (this.#isAnswering)
        this.#log.warn({ reason, url }, 'the collector of traces does not take what it is sent; it is dropped')
      this.#isAnswering = false
    }
  }
}
