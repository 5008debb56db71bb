import type { OperationDurations } from '../../domain/operation.ts'
import type { CompiledPlan } from '../../domain/plan/compiled-plan.ts'
import type { ForeseenFailure } from '../../domain/plan/foreseen-failure.ts'
import { toFailure, type CompileFailure } from './compile-failure.ts'
import { limitsOf } from '../limits.ts'
import type { Services } from '../services.ts'

/** A plan, and the durations by which its times are told. */
export interface PlanView {
  readonly plan: CompiledPlan
  readonly regrouped: boolean
  /** How much that shortens the critical path, in milliseconds. */
  readonly savedMs: number
  /** How it is bound to fail; null where that is not certain. */
  readonly foreseen: ForeseenFailure | null
  readonly durations: OperationDurations
}

export type PlanOutcome = PlanView | CompileFailure

/** What an expression would take, without submitting it. @param client who has to answer for the time that it takes */
export async function planExpression(
  services: Services,
  client: string,
  { source, regroup }: { readonly source: string; readonly regroup: boolean },
): Promise<PlanOutcome> {
  const durations = services.live.state.durations()
  const compiled = await services.compiler.compile(client, source, { regroup, durations, limits: limitsOf(services) })
  if (compiled.kind !== 'compiled') return toFailure(compiled)
  const { plan, regrouped, savedMs, foreseen } = compiled
  return { plan, regrouped, savedMs, foreseen, durations }
}
