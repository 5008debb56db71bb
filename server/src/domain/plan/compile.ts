import { DigitCount } from '../number/digit-count.ts'
import type { Ast } from '../expression/ast.ts'
import { parse } from '../expression/parser.ts'
import { withSuggestion } from '../expression/suggestion.ts'
import type { ExpressionSyntaxError } from '../expression/syntax-error.ts'
import { limitError, type ExpressionLimitError, type Limits } from './limits.ts'
import type { OperationDurations } from '../operation.ts'
import { Certainties } from './certainty.ts'
import { foreseenFailure, type ForeseenFailure } from './foreseen-failure.ts'
import { negateOperand, type Operand, type Plan, type PlannedTask } from './plan.ts'
import { regroupChains } from './regroup.ts'

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
      /** How the expression is bound to fail; null where that is not certain. */
      readonly foreseen: ForeseenFailure | null
    }
  | { readonly kind: 'syntax-error'; readonly error: ExpressionSyntaxError }
  | { readonly kind: 'limit-exceeded'; readonly error: ExpressionLimitError }

/** Turns a source into its plan. Takes time linear in the source, whatever stands in it. */
export function compile(source: string, options: CompileOptions): CompileResult {
  const { regroup, durations, limits } = options
  const { maxSourceLength, maxOperations } = limits
  if (source.length > maxSourceLength) {
    const beyond = { position: maxSourceLength, length: source.length - maxSourceLength }
    return exceeded(limitError('SOURCE_TOO_LONG', beyond, maxSourceLength, source.length))
  }
  const parsed = parse(source)
  if (parsed.kind === 'syntax-error') return syntaxErrorWithin(options, withSuggestion(source, parsed.fault))
  const tooMany = findOperationBeyond(parsed.ast, maxOperations)
  if (tooMany !== null) return exceeded(tooMany)
  const built = buildPlan(source, parsed.ast, limits)
  if (built.kind === 'limit-exceeded') return built
  const certainties = new Certainties(built.plan, limits.maxDigits)
  const foreseen = foreseenFailure(built.plan, certainties)
  // What is bound to fail is not computed.
  const isRegrouped = regroup && foreseen === null
  const plan = isRegrouped ? regroupChains(built.plan, durations, certainties, limits) : built.plan
  return { kind: 'compiled', plan, regrouped: plan !== built.plan, foreseen }
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

function findOperationBeyond({ nodes }: Ast, limit: number): ExpressionLimitError | null {
  // Most are far below: not worth looking at each node.
  if (nodes.length <= limit) return null
  const operations = nodes.filter((node) => node.kind === 'operation')
  if (operations.length <= limit) return null
  operations.sort((a, b) => a.position - b.position)
  const [firstBeyond] = operations.slice(limit)
  if (firstBeyond === undefined) return null
  return limitError('TOO_MANY_OPERATIONS', firstBeyond, limit, operations.length)
}

type BuildResult =
  | { readonly kind: 'built'; readonly plan: Plan }
  | { readonly kind: 'limit-exceeded'; readonly error: ExpressionLimitError }

/** The plan of a tree as it is written. Numbers take the sign of a unary minus before them; other operands are marked. */
function buildPlan(source: string, { nodes }: Ast, limits: Limits): BuildResult {
  const operands: Operand[] = []
  const tasks: PlannedTask[] = []
  const digits = new DigitCount(limits)
  const operandOf = (index: number): Operand => {
    const operand = operands[index]
    if (operand === undefined) throw new Error('a node stands before its child')
    return operand
  }
  for (const node of nodes) {
    switch (node.kind) {
      case 'number': {
        const literal = source.slice(node.position, node.position + node.length)
        const tooLong = digits.add(literal, node)
        if (tooLong !== null) return exceeded(tooLong)
        operands.push({ literal })
        break
      }
      case 'negation':
        operands.push(negateOperand(operandOf(node.operand)))
        break
      case 'operation': {
        const { operation, position, length } = node
        tasks.push({ operation, operands: node.operands.map(operandOf), spans: [{ position, length }] })
        operands.push({ task: tasks.length - 1, negated: false })
        break
      }
      default:
        return node satisfies never
    }
  }
  const tooMany = digits.excess
  return tooMany === null ? { kind: 'built', plan: { tasks, root: operandOf(nodes.length - 1) } } : exceeded(tooMany)
}
