import type { TaskAssignment } from '../connection/documents.ts'
import type { FinishedTask } from '../slots/slots.ts'
import type { Span } from './span.ts'

interface Context {
  readonly traceId: string
  readonly parentId: string
  readonly operation: string
}

export interface TracerOptions {
  /** Milliseconds since the Unix epoch. */
  readonly epochNow: () => number
  /** Uniform in [0, 1), for ids. */
  readonly random: () => number
  readonly add: (span: Span) => void
}

/** Of W3C Trace Context, what is kept: the last digit of the flags is odd. */
const sampled = /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-[\da-f][13579bdf](?:-|$)/

/** Tells what is computed here, below what the server tells of it. The server decides of which tasks, by the context that it gives. */
export class Tracer {
  readonly #options: TracerOptions
  /** By ticket, of tasks that are held. */
  readonly #contexts = new Map<string, Context>()

  constructor(options: TracerOptions) {
    this.#options = options
  }

  assigned(assignments: readonly TaskAssignment[]): void {
    for (const { ticket, traceparent, operation } of assignments) {
      const [, traceId, parentId] = (traceparent && sampled.exec(traceparent)) || []
      if (traceId && parentId) this.#contexts.set(ticket, { traceId, parentId, operation })
    }
  }

  /** These will not be computed. */
  dropped(tickets: readonly string[]): void {
    for (const ticket of tickets) this.#contexts.delete(ticket)
  }

  finished({ ticket, outcome, elapsedMs }: FinishedTask): void {
    const context = this.#contexts.get(ticket)
    if (context === undefined) return
    this.#contexts.delete(ticket)
    const end = this.#options.epochNow()
    const error = outcome.kind === 'value' ? undefined : outcome.code
    this.#options.add({ ...context, spanId: this.#newId(), start: end - elapsedMs, end, error })
  }

  #newId(): string {
    const digits = () =>
      Math.floor(this.#options.random() * 2 ** 32)
        .toString(16)
        .padStart(8, '0')
    return digits() + digits()
  }
}
