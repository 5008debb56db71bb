import { z } from 'zod'
import { compile } from '../../domain/plan/compile.ts'
import { valueOfLiteral } from '../../domain/expression/literal.ts'
import type { Failure, InvalidInputError, RateLimitedError } from '../../domain/failure.ts'
import { encodePlan } from '../../domain/plan/plan-codec.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { viewExpression, type ExpressionView } from '../../realtime/readers/expression-reader.ts'
import type { NewExpression } from '../../store/expressions/insert-expressions.ts'
import type { ExpressionRow } from '../../store/expressions/load-expressions.ts'
import { findByRequestId } from '../../store/expressions/find-by-request-id.ts'
import { toFailure, type CompileFailure } from './compile-failure.ts'
import { limitsOf } from '../limits.ts'
import { parseInput, text } from '../parse-input.ts'
import type { Services } from '../services.ts'

export interface SubmitExpressionInput {
  readonly source: string
  readonly requestId: string
  readonly regroup: boolean
}

/** The request id was used with another source. */
export interface RequestIdConflictError extends Failure<'RequestIdConflictError'> {
  readonly expression: ExpressionView
}

export type SubmitExpressionOutcome =
  ExpressionView | CompileFailure | RequestIdConflictError | InvalidInputError | RateLimitedError

/** Shorter ones are compiled at once: that takes less than a millisecond. */
const longSource = 500

const inputSchema = z.object({
  source: z.string(),
  requestId: text({ max: 100 }).min(1, 'must not be empty'),
  regroup: z.boolean(),
})

/**
 * Takes an expression in: it starts here at once if there are slots, else it waits in the queue. A request id makes it once: the same
 * id with the same source is the same expression, also from two requests at once.
 */
export async function submitExpression(
  services: Services,
  ownerId: string,
  input: SubmitExpressionInput,
): Promise<SubmitExpressionOutcome> {
  const parsed = parseInput(inputSchema, input)
  if (parsed.kind !== 'valid') return parsed
  const { source, requestId, regroup } = parsed.value
  const refusal = services.processor.refusal(ownerId)
  if (refusal) return refusal
  const work = () =>
    compile(source, { regroup, durations: services.live.state.durations(), limits: limitsOf(services) })
  const compiled =
    source.length < longSource ? services.processor.measure(ownerId, work) : await services.processor.run(ownerId, work)
  if (compiled.kind !== 'compiled') return toFailure(compiled)

  const { scheduler, announcer, ids } = services
  const isLoneNumber = 'literal' in compiled.plan.root
  const id = ids.next()
  const starts = !isLoneNumber && scheduler.admit(id, ownerId)
  const expression: NewExpression = {
    id,
    ownerId,
    requestId,
    source,
    regrouped: compiled.regrouped,
    plan: JSON.stringify(encodePlan(compiled.plan)),
    operationCount: compiled.plan.tasks.length,
    replicaId: starts ? scheduler.replicaId : null,
    result: resultOf(compiled.plan),
  }
  let inserted: ExpressionRow | null = null
  try {
    inserted = await services.insertions.add(expression)
  } finally {
    if (inserted === null && starts) scheduler.dismiss(id)
  }
  if (inserted === null)
    return (await findEarlier(services, ownerId, requestId, source)) ?? submitExpression(services, ownerId, input)

  if (starts) scheduler.begin({ id, ownerId, epoch: 1, plan: compiled.plan, row: inserted })
  else if (!isLoneNumber) announcer.announce({ kind: 'expressionQueued', ownerId })
  announcer.announce({ kind: 'expression', id, ownerId, row: inserted })
  return viewExpression(inserted, 0)
}

const resultOf = ({ root }: Plan): string | null => ('literal' in root ? valueOfLiteral(root.literal) : null)

/** Null where it was deleted in this very moment: the request id is free again. */
async function findEarlier(
  services: Services,
  ownerId: string,
  requestId: string,
  source: string,
): Promise<ExpressionView | RequestIdConflictError | null> {
  const id = await findByRequestId(services.database, ownerId, requestId)
  const expression = id === null ? null : await services.live.expressions.one(id)
  if (expression === null) return null
  if (expression.source === source) return expression
  return {
    kind: 'RequestIdConflictError',
    code: 'REQUEST_ID_CONFLICT',
    message: 'This requestId was used for another source. Use a new one for each expression.',
    expression,
  }
}
