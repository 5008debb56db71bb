import type { ArithmeticFault } from '../operation.ts'
import type { Certainties } from './certainty.ts'
import { describeFault } from './fault.ts'
import type { Plan, Span } from './plan.ts'

/** How an expression is bound to fail, known before anything is computed. */
export interface ForeseenFailure extends Span {
  readonly task: number
  readonly code: ArithmeticFault
  readonly message: string
}

/** Of all operations that are bound to fail the leftmost in the source; null where none is. */
export function foreseenFailure({ tasks }: Plan, { failures }: Certainties): ForeseenFailure | null {
  let leftmost: ForeseenFailure | null = null
  for (const { task, code } of failures) {
    const planned = tasks[task]
    if (planned === undefined || (leftmost !== null && leftmost.position < planned.span.position)) continue
    const { operation, span } = planned
    leftmost = { task, code, message: describeFault(operation, span.position, code), ...span }
  }
  return leftmost
}
