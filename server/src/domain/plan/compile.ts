import { parse } from '../expression/parser.ts'
import { withSuggestion } from '../expression/suggestion.ts'
import type { ExpressionSyntaxError } from '../expression/syntax-error.ts'
import { buildPlan } from './build-plan.ts'
import { limitError, type ExpressionLimitError, type Limits } from './limits.ts'
import type { OperationDurations } from '../operation.ts'
import { Certainties } from './certainty.ts'
import { foreseenFailure, type ForeseenFailure } from './foreseen-failure.ts'
import { spanOf, type Plan } from './plan.ts'
import { asItIs, regroupChains, type Regrouping } from './regroup.ts'
import { pruneUnused, shareEqual } from './share.ts'

export interface CompileOptions {
  /** Whether sums and products may be regrouped to shorten the critical path. */
  readonly regroup: boolean
  readonly durations: OperationDurations
  readonly limits: Limits
}

export type CompileResult =
  | {
      readonly kind: 'compiled'
      readonly plan: Plan
      readonly regrouped: boolean
      /** How much that shortens the critical path, in milliseconds. */
      readonly savedMs: number
      /** How the expression is bound to fail; null where that is not certain. */
      readonly foreseen: ForeseenFailure | null
    }
  | { readonly kind: 'syntax-error'; readonly error: ExpressionSyntaxError }
  | { readonly kind: 'limit-exceeded'; readonly error: ExpressionLimitError }

/** Turns a source into its plan. Takes time linear in the source and in what its ranges make, whatever stands in it. */
export function compile(source: string, options: CompileOptions): CompileResult {
  const { regroup, limits } = options
  const { maxSourceLength, maxOperations } = limits
  if (source.length > maxSourceLength) {
    const beyond = { position: maxSourceLength, length: source.length - maxSourceLength }
    return exceeded(limitError('SOURCE_TOO_LONG', beyond, maxSourceLength, source.length))
  }
  const parsed = parse(source)
  if (parsed.kind === 'syntax-error') return syntaxErrorWithin(options, withSuggestion(source, parsed.fault))
  const { ast } = parsed
  const built = buildPlan(source, ast, limits)
  if (built.kind === 'fault') return syntaxErrorWithin(options, withSuggestion(source, built.fault))
  if (built.kind === 'limit-exceeded') return built
  // The bounds of ranges are no part of what agents compute.
  const written = ast.rangeCount > 0 ? pruneUnused(built.plan) : built.plan
  const certainties = new Certainties(written, limits.maxDigits)
  const isBoundToFail = certainties.failures.length > 0
  // What is bound to fail is not computed.
  const isRegrouped = regroup && !isBoundToFail
  const { plan, savedMs } = isRegrouped ? inBestOrder(written, options, certainties) : asItIs(shareEqual(written))
  const tooMany = findOperationBeyond(plan, maxOperations)
  if (tooMany !== null) return exceeded(tooMany)
  const foreseen = isBoundToFail ? foreseenFailure(source, plan, new Certainties(plan, limits.maxDigits)) : null
  return { kind: 'compiled', plan, regrouped: savedMs > 0, savedMs, foreseen }
}

/** How many times as many operations a plan in its best order may have as the plan as it is written. */
const mostAdded = 2

/**
 * The plan with its chains in their best order, of equal operations one. They are looked for last, so that what is shared lengthens no way: a chain of
 * which a part stands elsewhere too is joined in its best order all the same. Where too much is computed twice for that, as where a whole sum stands
 * in many places of another one, equal parts stay as they are written, and what is round them is joined.
 */
function inBestOrder(written: Plan, { durations, limits }: CompileOptions, certainties: Certainties): Regrouping {
  const best = regroupChains(written, durations, certainties, limits)
  const shared = shareEqual(written)
  if (best.plan === written) return asItIs(shared)
  const most = Math.min(limits.maxOperations, mostAdded * shared.tasks.length)
  const plan = shareEqual(best.plan)
  if (plan.tasks.length <= most || shared === written) return { ...best, plan }
  const round = regroupChains(shared, durations, new Certainties(shared, limits.maxDigits), limits)
  const fewer = shareEqual(round.plan)
  return fewer.tasks.length <= most ? { ...round, plan: fewer } : asItIs(shared)
}

/** The error, without a suggestion that is over a limit: following it would end in the next error. */
function syntaxErrorWithin(options: CompileOptions, error: ExpressionSyntaxError): CompileResult {
  const isUsable =
    error.suggestion === null || compile(error.suggestion, { ...options, regroup: false }).kind === 'compiled'
  return { kind: 'syntax-error', error: isUsable ? error : { ...error, suggestion: null } }
}

function exceeded(error: ExpressionLimitError): CompileResult & { readonly kind: 'limit-exceeded' } {
  return { kind: 'limit-exceeded', error }
}

/** The first operation beyond the limit, in the order of the source. */
function findOperationBeyond({ tasks }: Plan, limit: number): ExpressionLimitError | null {
  if (tasks.length <= limit) return null
  const spans = tasks.map(spanOf).sort((a, b) => a.position - b.position)
  const [firstBeyond] = spans.slice(limit)
  return firstBeyond === undefined ? null : limitError('TOO_MANY_OPERATIONS', firstBeyond, limit, tasks.length)
}
