import type { Clock } from '../clock.ts'
import type { Logger } from 'pino'
import { toOtlp, type Span } from './span.ts'
import type { TracingSettings } from './settings.ts'

/** Spans that wait to be sent; what comes when so many do is dropped. Some 400 bytes each. */
const maxWaiting = 4_096
const maxInRequest = 1_024
/** Of these so many are for tasks, of which there are most: what expressions as a whole are told of finds room. */
const maxOfTasks = 1_024
/** Also the time in which so many are taken, so that they take so much of it at most, whatever there is to do. */
const pauseMs = 1_000

interface ExporterOptions {
  readonly settings: Pick<TracingSettings, 'url' | 'headers' | 'timeoutMs' | 'resource'>
  readonly clock: Pick<Clock, 'after'>
  readonly logger: Logger
}

/** Sends spans to a collector, a request at a time. Nobody waits for it, and what it cannot send is dropped and counted. */
export class Exporter {
  readonly #options: ExporterOptions
  #waiting: Span[] = []
  #dropped = 0
  #isAnswering = true
  #sending: Promise<void> | null = null
  #isScheduled = false

  constructor(options: ExporterOptions) {
    this.#options = options
  }

  /** Whether an expression as a whole, or a task, is worth telling: under load most tasks are not. */
  hasRoom(what: 'expression' | 'task'): boolean {
    return this.#waiting.length < (what === 'task' ? maxOfTasks : maxWaiting)
  }

  add(span: Span): void {
    if (this.#waiting.length >= maxWaiting) {
      this.#dropped++
      return
    }
    this.#waiting.push(span)
    this.#schedule()
  }

  #schedule(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    this.#options.clock.after(pauseMs, () => {
      this.#isScheduled = false
      void this.flush()
    })
  }

  /** Resolves when all that waits now was sent, or dropped; what is added meanwhile waits on, so that a second takes no more than fits. Never rejects. */
  async flush(): Promise<void> {
    while (this.#sending !== null) await this.#sending
    if (this.#waiting.length === 0) return
    this.#sending = this.#sendAll(this.#waiting.length)
    await this.#sending
    this.#sending = null
    if (this.#waiting.length > 0) this.#schedule()
  }

  async #sendAll(count: number): Promise<void> {
    for (let left = count; left > 0; left -= maxInRequest)
      await this.#send(this.#waiting.splice(0, Math.min(left, maxInRequest)))
  }

  async #send(spans: readonly Span[]): Promise<void> {
    const { url, headers, timeoutMs, resource } = this.#options.settings
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: toOtlp(spans, resource),
        signal: AbortSignal.timeout(timeoutMs),
      })
      await response.body?.cancel()
      if (!response.ok) throw new Error(`it answers ${response.status}`)
      if (!this.#isAnswering)
        this.#options.logger.info({ dropped: this.#dropped }, 'the collector of traces answers again')
      this.#isAnswering = true
      this.#dropped = 0
    } catch (error) {
      this.#dropped += spans.length
      if (this.#isAnswering)
        this.#options.logger.warn(
          { err: error, url },
          'the collector of traces does not take what it is sent; it is dropped',
        )
      this.#isAnswering = false
    }
  }
}
