import { z } from 'zod'
import { compile } from '../domain/compile.ts'
import type { Failure, InvalidInputError } from '../domain/failure.ts'
import { encodePlan } from '../domain/plan-codec.ts'
import type { Plan } from '../domain/plan.ts'
import { viewExpression, type ExpressionView } from '../realtime/expression-reader.ts'
import type { NewExpression } from '../store/expressions/insert-expressions.ts'
import type { ExpressionRow } from '../store/expressions/load-expressions.ts'
import { findByRequestId } from '../store/expressions/find-by-request-id.ts'
import { toFailure, type CompileFailure } from './compile-failure.ts'
import { limitsOf } from './limits.ts'
import { parseInput, text } from './parse-input.ts'
import type { Services } from './services.ts'

export interface SubmitExpressionInput {
  readonly source: string
  readonly requestId: string
  readonly regroup: boolean
}

/** The request id was used with another source. */
export interface RequestIdConflictError extends Failure<'RequestIdConflictError'> {
  readonly expression: ExpressionView
}

export type SubmitExpressionOutcome = ExpressionView | CompileFailure | RequestIdConflictError | InvalidInputError

const inputSchema = z.object({
  source: z.string(),
  requestId: text().min(1, 'must not be empty').max(100, 'must have at most 100 characters'),
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
  const compiled = compile(source, { regroup, durations: services.live.state.durations(), limits: limitsOf(services) })
  if (compiled.kind !== 'compiled') return toFailure(compiled)

  const { scheduler, announcer, ids } = services
  const isLoneNumber = 'value' in compiled.plan.root
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

const resultOf = ({ root }: Plan): string | null => ('value' in root ? root.value : null)

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
