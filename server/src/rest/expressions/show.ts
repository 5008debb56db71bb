import { LRUCache } from 'lru-cache'
import { defaultDigits, toDecimal } from '../../domain/number/decimal.ts'
import { tellNumber } from '../../domain/number/told-number.ts'
import { decodePlan } from '../../domain/plan/plan-codec.ts'
import { spanOf } from '../../domain/plan/plan.ts'
import type { Span } from '../../domain/span.ts'
import type { ExpressionView } from '../../realtime/readers/expression-reader.ts'
import type { StoredFailure } from '../../store/expressions/fail-expression.ts'
import { accountableFor } from '../../use-cases/accounts/accountable.ts'
import type { Services } from '../../use-cases/services.ts'
import type { ShownExpression } from '../contract/expression.ts'
import type { Call } from '../route.ts'

type Reader = Pick<Call, 'actor' | 'address' | 'services'>

/** On the time of whoever reads it, as GraphQL makes it. */
export async function showExpression(
  reader: Reader,
  view: ExpressionView,
  digits: number = defaultDigits,
): Promise<ShownExpression> {
  const span = view.failure === null ? null : await spanOfFailure(reader, view)
  return onTime(reader, () => shown(reader.services, view, digits, span))
}

/** Without the places of failures, for which whole plans would be read. */
export const showInList = (reader: Reader, view: ExpressionView) =>
  onTime(reader, () => shown(reader.services, view, defaultDigits, null))

/** The result, as a line for scripts. */
export const resultText = (reader: Reader, value: string, digits: number = defaultDigits) =>
  onTime(reader, () => `${toDecimal(value, digits).text}\n`)

const onTime = async <Result>({ actor, address, services }: Reader, work: () => Result): Promise<Result> =>
  services.processor.run(accountableFor(actor, address), work)

function shown({ live }: Services, view: ExpressionView, digits: number, span: Span | null): ShownExpression {
  const { id, requestId, source, status, result, createdAt, startedAt, finishedAt } = view
  return {
    ...{ id, requestId, source, status },
    result: result === null ? null : tellNumber(result, digits),
    error: shownFailure(view, span),
    progress: { completed: view.succeeded, total: view.operationCount },
    createdAt: createdAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
    version: live.expressions.versionOf(view),
  }
}

function shownFailure({ failure }: ExpressionView, span: Span | null): ShownExpression['error'] {
  if (failure === null) return null
  const { code, message } = failure as unknown as StoredFailure
  return { code, message, ...span }
}

/** Of failures that were shown: to find one the plan is read, which takes 70 ms where it is as large as it can be. It is written once. */
const spans = new LRUCache<string, Span>({ max: 10_000 })

/** Where the operator stands in the source. Null where the expression has been deleted meanwhile. */
async function spanOfFailure(reader: Reader, { id, failure }: ExpressionView): Promise<Span | null> {
  const { task } = failure as unknown as StoredFailure
  const key = `${id}:${task}`
  const known = spans.get(key)
  if (known) return known
  const encoded = await reader.services.live.plan(id)
  if (encoded === null) return null
  const { position, length } = await onTime(reader, () => spanOf(decodePlan(encoded).tasks[task]))
  const span = { position, length }
  spans.set(key, span)
  return span
}
