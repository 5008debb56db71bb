import { type ExecutionResult } from 'graphql'
import { unauthenticated } from '../../domain/failure.ts'
import type { HeldResponse } from '../http/held-response.ts'
import { codedError } from '../../schema/coded-error.ts'

type Step = IteratorResult<ExecutionResult, undefined>

/**
 * The results of a subscription for as long as its answer is kept open. No generator: one that waits for its source could not be ended before
 * the source's next event.
 */
export class HeldResults implements AsyncIterableIterator<ExecutionResult, undefined> {
  readonly #source: AsyncIterator<ExecutionResult>
  readonly #held: HeldResponse
  /** What is still to come though the answer is kept open no longer. */
  #goodbye: ExecutionResult | null = null
  #isOver = false
  #wake: () => void = () => {}

  constructor(source: AsyncIterable<ExecutionResult>, held: HeldResponse) {
    this.#source = source[Symbol.asyncIterator]()
    this.#held = held
    void held.ended.then((end) => {
      if (this.#isOver) return
      if (end === 'tokenEnded') this.#goodbye = tokenEnded
      this.#end()
    })
  }

  next(): Promise<Step> {
    if (this.#isOver) return Promise.resolve(this.#last())
    return new Promise((resolve, reject) => {
      this.#wake = () => resolve(this.#last())
      this.#source.next().then((step) => {
        if (this.#isOver) return resolve(this.#last())
        if (step.done !== true) return resolve({ done: false, value: step.value })
        this.#end()
        resolve(this.#last())
      }, reject)
    })
  }

  return(): Promise<Step> {
    this.#end()
    return Promise.resolve({ done: true, value: undefined })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #end() {
    if (this.#isOver) return
    this.#isOver = true
    void this.#source.return?.()
    this.#held.release()
    this.#wake()
  }

  #last(): Step {
    const goodbye = this.#goodbye
    this.#goodbye = null
    return goodbye === null ? { done: true, value: undefined } : { done: false, value: goodbye }
  }
}

const tokenEnded: ExecutionResult = {
  errors: [codedError(unauthenticated.code, unauthenticated.message)],
}
