import { z } from 'zod'
import { valueOfLiteral } from '../../domain/expression/literal.ts'
import type { Failure, InvalidInputError, RateLimitedError } from '../../domain/failure.ts'
import type { CompiledPlan } from '../../domain/plan/compiled-plan.ts'
import type { ForeseenFailure } from '../../domain/plan/foreseen-failure.ts'
import { viewExpression, type ExpressionView } from '../../realtime/readers/expression-reader.ts'
import type { StoredFailure } from '../../store/expressions/fail-expression.ts'
import type { NewExpression } from '../../store/expressions/insert-expressions.ts'
import type { ExpressionRow } from '../../store/expressions/load-expressions.ts'
import { findByRequestId, findRegroup } from '../../store/expressions/find-by-request-id.ts'
import { toFailure, type CompileFailure } from './compile-failure.ts'
import { limitsOf } from '../limits.ts'
import { parseInput, text } from '../parse-input.ts'
import type { Services } from '../services.ts'

export interface SubmitExpressionInput {
  readonly source: string
  readonly requestId: string
  readonly regroup: boolean
}

/** The request id was used with another source, or with another word on regrouping. */
export interface RequestIdConflictError extends Failure<'RequestIdConflictError'> {
  readonly expression: ExpressionView
}

export type SubmitExpressionFailure = CompileFailure | RequestIdConflictError | InvalidInputError | RateLimitedError

export type SubmitExpressionOutcome = ExpressionView | SubmitExpressionFailure

export interface TakenIn {
  readonly expression: ExpressionView
  /** Whether it had been taken in before, under the same request id. */
  readonly isRepeated: boolean
}

const inputSchema = z.object({
  source: z.string(),
  requestId: text({ max: 100 }).min(1, 'must not be empty'),
  regroup: z.boolean(),
})

/** As `takeIn`, for those who need not know whether it is new. */
export async function submitExpression(
  services: Services,
  ownerId: string,
  input: SubmitExpressionInput,
): Promise<SubmitExpressionOutcome> {
  const outcome = await takeIn(services, ownerId, input)
  return 'kind' in outcome ? outcome : outcome.expression
}

/**
 * Takes an expression in: it starts here at once if there are slots, else it waits in the queue; what is bound to fail has failed. A request
 * id makes it once: the same id with the same source is the same expression, also from two requests at once.
 */
export async function takeIn(
  services: Services,
  ownerId: string,
  input: SubmitExpressionInput,
): Promise<TakenIn | SubmitExpressionFailure> {
  const outcome = await tryToTakeIn(services, ownerId, input)
  if ('code' in outcome) services.meter.count('expressions_submitted_total', outcome.code)
  return outcome
}

async function tryToTakeIn(
  services: Services,
  ownerId: string,
  input: SubmitExpressionInput,
): Promise<TakenIn | SubmitExpressionFailure> {
  const parsed = parseInput(inputSchema, input)
  if (parsed.kind !== 'valid') return parsed
  const { source, requestId, regroup } = parsed.value
  const refusal = services.processor.refusal(ownerId)
  if (refusal) return refusal
  const trace = services.trace?.submission()
  const durations = services.live.state.durations()
  const compiled = await services.compiler.compile(ownerId, source, { regroup, durations, limits: limitsOf(services) })
  if (compiled.kind !== 'compiled') return toFailure(compiled)
  trace?.planned()

  const { scheduler, announcer, ids } = services
  const { plan, foreseen } = compiled
  const isLoneNumber = plan.operationCount === 0
  const hasEnded = isLoneNumber || foreseen !== null
  const id = ids.next()
  const starts = !hasEnded && scheduler.admit(id, ownerId)
  const expression: NewExpression = {
    id,
    ownerId,
    requestId,
    source,
    regrouped: compiled.regrouped,
    regroup,
    plan: plan.text,
    operationCount: plan.operationCount,
    replicaId: starts ? scheduler.replicaId : null,
    result: isLoneNumber ? resultOf(plan) : null,
    failure: foreseen && failureOf(foreseen),
  }
  let inserted: ExpressionRow | null = null
  try {
    inserted = await services.insertions.add(expression)
  } finally {
    if (inserted === null && starts) scheduler.dismiss(id)
  }
  if (inserted === null)
    return (await findEarlier(services, ownerId, parsed.value)) ?? tryToTakeIn(services, ownerId, input)

  trace?.takenIn(id, plan.operationCount)
  services.meter.count('expressions_submitted_total', 'ACCEPTED')
  if (hasEnded) services.meter.count('expressions_finished_total', foreseen === null ? 'SUCCEEDED' : 'FAILED')
  if (hasEnded) trace?.ended(id, foreseen?.code)
  if (starts) scheduler.begin({ id, ownerId, epoch: 1, plan: plan.plan, row: inserted })
  else if (!hasEnded) announcer.broadcast({ kind: 'expressionQueued', ownerId })
  announcer.announce({ kind: 'expression', id, ownerId, row: inserted })
  return { expression: viewExpression(inserted, 0), isRepeated: false }
}

const resultOf = ({ plan: { root } }: CompiledPlan): string | null =>
  'literal' in root ? valueOfLiteral(root.literal) : null

/** Nobody made an attempt. */
const failureOf = ({ code, message, task }: ForeseenFailure): StoredFailure => ({
  code,
  message,
  task,
  attempt: 0,
  agentId: null,
})

/** Null where it was deleted in this very moment: the request id is free again. */
async function findEarlier(
  services: Services,
  ownerId: string,
  { requestId, source, regroup }: SubmitExpressionInput,
): Promise<TakenIn | RequestIdConflictError | null> {
  const id = await findByRequestId(services.database, ownerId, requestId)
  const expression = id === null ? null : await services.live.expressions.one(id)
  if (expression === null) return null
  const conflict = (what: string): RequestIdConflictError => ({
    kind: 'RequestIdConflictError',
    code: 'REQUEST_ID_CONFLICT',
    message: `This requestId was used ${what}. Use a new one for each expression.`,
    expression,
  })
  if (expression.source !== source) return conflict('for another source')
  const earlier = await findRegroup(services.database, expression.id)
  if (earlier !== null && earlier !== regroup) return conflict(`with regroup: ${earlier}`)
  services.meter.count('expressions_submitted_total', 'REPEATED')
  return { expression, isRepeated: true }
}
