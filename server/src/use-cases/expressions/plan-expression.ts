import { compile } from '../../domain/plan/compile.ts'
import type { OperationDurations } from '../../domain/operation.ts'
import type { Plan } from '../../domain/plan/plan.ts'
import { toFailure, type CompileFailure } from './compile-failure.ts'
import { limitsOf } from '../limits.ts'
import type { Services } from '../services.ts'

/** A plan, and the durations by which its times are told. */
export interface PlanView {
  readonly plan: Plan
  readonly regrouped: boolean
  readonly durations: OperationDurations
}

export type PlanOutcome = PlanView | CompileFailure

/** What an expression would take, without submitting it. */
export function planExpression(services: Services, source: string, regroup: boolean): PlanOutcome {
  const durations = services.live.state.durations()
  const compiled = compile(source, { regroup, durations, limits: limitsOf(services) })
  if (compiled.kind !== 'compiled') return toFailure(compiled)
  return { plan: compiled.plan, regrouped: compiled.regrouped, durations }
}
