import { getOperationAST, type ExecutionArgs } from 'graphql'
import type { Meter } from '../../metering/meter.ts'

interface Subscription {
  countPayload(): void
  /** Once. */
  end(): void
}

/** Subscriptions that are open, counted by their field, over whatever transport. */
export class Subscriptions {
  readonly #active = new Map<string, number>()
  readonly #meter: Meter

  constructor(meter: Meter) {
    this.#meter = meter
  }

  /** By field. Those that were open once are told as 0. */
  get active(): ReadonlyMap<string, number> {
    return this.#active
  }

  /** An operation that was validated: it has one field, and the schema that field. */
  begin(args: ExecutionArgs): Subscription {
    const field = fieldOf(args)
    this.#count(field, 1)
    return {
      countPayload: () => this.#meter.count('subscription_payloads_total', field),
      end: () => this.#count(field, -1),
    }
  }

  #count(field: string, change: 1 | -1): void {
    this.#active.set(field, (this.#active.get(field) ?? 0) + change)
  }
}

function fieldOf({ document, operationName }: ExecutionArgs): string {
  const selection = getOperationAST(document, operationName)?.selectionSet.selections[0]
  return selection?.kind === 'Field' ? selection.name.value : 'fragment'
}
