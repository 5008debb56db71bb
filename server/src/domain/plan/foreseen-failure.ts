import type { ArithmeticFault } from '../operation.ts'
import type { Certainties } from './certainty.ts'
import { describeFault } from './fault.ts'
import type { Span } from '../span.ts'
import { spanOf, type Plan } from './plan.ts'

/** How an expression is bound to fail, known before anything is computed. */
export interface ForeseenFailure extends Span {
  readonly task: number
  readonly code: ArithmeticFault
  readonly message: string
}

/** Of all operations that are bound to fail the leftmost in the source; null where none is. */
export function foreseenFailure(source: string, { tasks }: Plan, { failures }: Certainties): ForeseenFailure | null {
  let leftmost: ForeseenFailure | null = null
  for (const { task, code } of failures) {
    const planned = tasks[task]
    if (planned === undefined) continue
    const span = spanOf(planned)
    if (leftmost !== null && leftmost.position <= span.position) continue
    const spelling = source.slice(span.position, span.position + span.length)
    leftmost = { task, code, message: describeFault(planned.operation, span.position, code, spelling), ...span }
  }
  return leftmost
}
