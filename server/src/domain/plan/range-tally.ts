import type { RangeNode } from '../expression/ast.ts'
import { limitError, type ExpressionLimitError } from './limits.ts'

interface Exceeded {
  readonly kind: 'limit-exceeded'
  readonly error: ExpressionLimitError
}

/** What the ranges that stand in no other have made of a plan, so that what is told to be too long is what makes it so. */
export class RangeTally {
  #most: { readonly range: RangeNode; readonly operations: number } | null = null
  readonly #maxOperations: number

  constructor(maxOperations: number) {
    this.#maxOperations = maxOperations
  }

  note(range: RangeNode, operations: number): void {
    if (operations > (this.#most?.operations ?? -1)) this.#most = { range, operations }
  }

  /** The range that has made most is too long; or none is by itself, and all operations together are too many. */
  tooMuch(operations: number): Exceeded | null {
    if (this.#most === null) return null
    const { range, operations: ofRange } = this.#most
    if (ofRange > this.#maxOperations) return this.tooLong(range, ofRange)
    const error = limitError('TOO_MANY_OPERATIONS', boundsOf(range), this.#maxOperations, operations)
    return { kind: 'limit-exceeded', error }
  }

  tooLong(range: RangeNode, operations: number): Exceeded {
    const error = limitError('RANGE_TOO_LONG', boundsOf(range), this.#maxOperations, operations)
    return { kind: 'limit-exceeded', error }
  }
}

const boundsOf = ({ from, to }: RangeNode) => ({
  position: from.position,
  length: to.position + to.length - from.position,
})
