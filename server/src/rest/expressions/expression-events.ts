import type { ExpressionView } from '../../realtime/readers/expression-reader.ts'
import { accountableFor } from '../../use-cases/accounts/accountable.ts'
import type { ServerEvent } from '../answer.ts'
import type { Call } from '../route.ts'
import { showExpression } from './show.ts'
import { hasEnded } from './waiting.ts'

type Step = IteratorResult<ServerEvent, undefined>

/** What was made of a view for one of those who watch it; all of them are shown the same. */
const texts = new WeakMap<ExpressionView, Promise<string>>()

/**
 * An expression as events: as it is, then whenever it changes, up to its end. No generator: one that waits for its source could not be ended
 * before the source's next event.
 */
export class ExpressionEvents implements AsyncIterableIterator<ServerEvent, undefined> {
  readonly #call: Call
  readonly #changes: AsyncIterableIterator<ExpressionView[]>
  /** The version that the client has. */
  #seen: number
  #isOver = false

  constructor(call: Call, id: string, seen: number) {
    this.#call = call
    this.#seen = seen
    this.#changes = call.services.live.watchExpression(id)
  }

  async next(): Promise<Step> {
    while (!this.#isOver) {
      const step = await this.#changes.next()
      if (this.#isOver) break
      const [view] = step.done === true ? [] : step.value
      if (view === undefined) {
        await this.return()
        return { done: false, value: { event: 'deleted', data: '{}' } }
      }
      const version = this.#call.services.live.expressions.versionOf(view)
      if (hasEnded(view)) await this.return()
      if (version === this.#seen) continue
      this.#seen = version
      return { done: false, value: { event: 'expression', id: String(version), data: await this.#textOf(view) } }
    }
    return { done: true, value: undefined }
  }

  async return(): Promise<Step> {
    this.#isOver = true
    await this.#changes.return?.()
    return { done: true, value: undefined }
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** On the time of whoever is the first to ask for it; who has none left waits for some, and misses what comes between. */
  async #textOf(view: ExpressionView): Promise<string> {
    const { actor, address, services } = this.#call
    await services.processor.whenAdmitted(accountableFor(actor, address))
    const text = texts.get(view) ?? showExpression(this.#call, view).then((shown) => JSON.stringify(shown))
    texts.set(view, text)
    return text
  }
}
