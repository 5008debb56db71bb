import { ExpressionStatus } from '../../generated/prisma/enums.ts'
import type { ExpressionView } from '../../realtime/readers/expression-reader.ts'
import type { Services } from '../../use-cases/services.ts'
import type { Held, HeldEnd } from '../held.ts'

export function hasEnded({ status }: Pick<ExpressionView, 'status'>): boolean {
  switch (status) {
    case ExpressionStatus.QUEUED:
    case ExpressionStatus.RUNNING:
      return false
    case ExpressionStatus.SUCCEEDED:
    case ExpressionStatus.FAILED:
    case ExpressionStatus.CANCELLED:
      return true
    default:
      return status satisfies never
  }
}

/** Null where it was deleted. */
export type WaitOutcome = { readonly latest: ExpressionView | null; readonly heldEnd: HeldEnd | null }

/** Waits for the end of an expression, for so long at most, and no longer than the request is kept open. */
export async function waitForEnd(
  { live, clock }: Services,
  known: ExpressionView,
  held: Held,
  waitMs: number,
): Promise<WaitOutcome> {
  let latest: ExpressionView | null = known
  let heldEnd: HeldEnd | null = null
  const changes = live.watchExpression(known.id)
  const stop = () => void changes.return?.()
  let isOver = false
  const cancel = clock.after(waitMs, () => {
    isOver = true
    stop()
  })
  void held.ended.then((end) => {
    heldEnd = end
    stop()
  })
  try {
    for await (const [expression] of changes) {
      latest = expression ?? null
      if (latest === null || hasEnded(latest)) return { latest, heldEnd }
    }
    // Its subscription completes when an expression is deleted.
    return { latest: isOver || heldEnd !== null ? latest : null, heldEnd }
  } finally {
    cancel()
    held.release()
  }
}
