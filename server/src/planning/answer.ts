import { CompiledPlan } from '../domain/plan/compiled-plan.ts'
import { compile, type CompileOptions, type CompileResult } from '../domain/plan/compile.ts'

/** What a thread is sent. */
export interface CompileRequest {
  readonly source: string
  readonly options: CompileOptions
}

/** What it sends back: a plan as text, which is copied twenty times as fast as the objects of it. */
export interface CompileAnswer {
  readonly outcome: CompiledText | CompileFault
  /** How long it took, in milliseconds. */
  readonly tookMs: number
}

export type CompileFault = Exclude<CompileResult, { kind: 'compiled' }>

type CompiledNow = CompileResult & { readonly kind: 'compiled' }

interface CompiledText extends Omit<CompiledNow, 'plan'> {
  readonly text: string
  readonly operationCount: number
}

export function answer({ source, options }: CompileRequest, now: () => number): CompileAnswer {
  const began = now()
  const result = compile(source, options)
  const outcome = result.kind === 'compiled' ? textOf(result) : result
  return { outcome, tookMs: now() - began }
}

function textOf({ plan, ...rest }: CompiledNow): CompiledText {
  return { ...rest, text: CompiledPlan.of(plan).text, operationCount: plan.tasks.length }
}
