import { readTraceparent, type TraceContext } from './trace-context.ts'
import type { Tracer } from './tracer.ts'

/** What one request of a client begins. */
export class RequestTrace {
  readonly #tracer: Tracer
  readonly #parent: TraceContext | null

  /** @param traceparent of the client's trace, which is to go on */
  constructor(tracer: Tracer, traceparent: unknown) {
    this.#tracer = tracer
    this.#parent = readTraceparent(traceparent)
  }

  /** A submission, from now on. */
  submission() {
    const began = this.#tracer.now()
    let planned = began
    return {
      planned: () => {
        planned = this.#tracer.now()
      },
      /** It is in the database, and nothing else was told of it yet. */
      takenIn: (id: string, operations: number) => {
        if (this.#parent) this.#tracer.join(id, this.#parent)
        this.#tracer.submitted(id, { began, planned, operations })
      },
      /** There is nothing to compute. */
      ended: (id: string, fault?: string) =>
        this.#tracer.ended({ id, retryEpoch: 0 }, fault === undefined ? 'SUCCEEDED' : 'FAILED', fault),
    }
  }
}
