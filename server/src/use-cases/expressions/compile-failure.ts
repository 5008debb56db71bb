import type { CompileResult } from '../../domain/plan/compile.ts'
import type { ExpressionSyntaxError } from '../../domain/expression/syntax-error.ts'
import type { Failure } from '../../domain/failure.ts'
import type { ExpressionLimitError } from '../../domain/plan/limits.ts'

/** Why a source makes no plan, as an outcome of a use case. */
export type CompileFailure = SyntaxFailure | LimitFailure
export type SyntaxFailure = ExpressionSyntaxError & Failure<'ExpressionSyntaxError'>
export type LimitFailure = ExpressionLimitError & Failure<'ExpressionLimitError'>

export function toFailure(result: Exclude<CompileResult, { kind: 'compiled' }>): CompileFailure {
  switch (result.kind) {
    case 'syntax-error':
      return { kind: 'ExpressionSyntaxError', ...result.error }
    case 'limit-exceeded':
      return { kind: 'ExpressionLimitError', ...result.error }
    default:
      return result satisfies never
  }
}
