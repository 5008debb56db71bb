import type { ExpressionSyntaxError } from '../../../src/domain/expression/syntax-error.ts'
import { compile, type CompileOptions } from '../../../src/domain/plan/compile.ts'
import type { ExpressionLimitError, Limits } from '../../../src/domain/plan/limits.ts'
import { builtIns, type OperationDurations } from '../../../src/domain/operation.ts'
import type { Plan } from '../../../src/domain/plan/plan.ts'

export const limits: Limits = {
  maxSourceLength: 10_000,
  maxOperations: 5_000,
  maxDigits: 10_000,
  maxTotalDigits: 100_000,
}
export const wideLimits: Limits = {
  maxSourceLength: 1_000_000,
  maxOperations: 1_000_000,
  maxDigits: 1_000_000,
  maxTotalDigits: 100_000_000,
}
/** Every operation takes a second. */
export const second: OperationDurations = new Map([...builtIns.keys()].map((name) => [name, 1000]))

/** Durations by name; what is not named takes its default. */
export const durationsOf = (durations: Readonly<Record<string, number>>): OperationDurations =>
  new Map(Object.entries(durations))

const defaults: CompileOptions = { regroup: true, durations: second, limits }

/** The plan of a source that must be valid. */
export function planOf(source: string, options: Partial<CompileOptions> = {}): Plan {
  const result = compile(source, { ...defaults, ...options })
  if (result.kind !== 'compiled') throw new Error(`${source.slice(0, 80)}: ${result.error.message}`)
  return result.plan
}

export function isRegrouped(source: string, options: Partial<CompileOptions> = {}): boolean {
  const result = compile(source, { ...defaults, ...options })
  return result.kind === 'compiled' && result.regrouped
}

export function syntaxErrorOf(source: string, options: Partial<CompileOptions> = {}): ExpressionSyntaxError {
  const result = compile(source, { ...defaults, ...options })
  if (result.kind !== 'syntax-error') throw new Error(`${source.slice(0, 80)} is ${result.kind}`)
  return result.error
}

export function limitErrorOf(source: string, options: Partial<CompileOptions> = {}): ExpressionLimitError {
  const result = compile(source, { ...defaults, ...options })
  if (result.kind !== 'limit-exceeded') throw new Error(`${source.slice(0, 80)} is ${result.kind}`)
  return result.error
}
