import type { Ast, AstNode, NodeIndex, NumberNode, RangeNode } from '../expression/ast.ts'
import { unknownRange } from '../expression/range-fault.ts'
import type { SyntaxFault } from '../expression/syntax-error.ts'
import { DigitCount } from '../number/digit-count.ts'
import type { OperationName } from '../operation.ts'
import type { Span } from '../span.ts'
import { onlyPlace, resultOf } from './interned.ts'
import type { ExpressionLimitError, Limits } from './limits.ts'
import { negateOperand, type Operand, type Place, type Plan, type PlannedTask, type VariableValue } from './plan.ts'
import { wholeLiteral, wholeResult } from './whole-number.ts'
import { WrittenOut } from './written-out.ts'

export type BuildResult =
  | { readonly kind: 'built'; readonly plan: Plan }
  | { readonly kind: 'fault'; readonly fault: SyntaxFault }
  | { readonly kind: 'limit-exceeded'; readonly error: ExpressionLimitError }

type Problem = Exclude<BuildResult, { readonly kind: 'built' }>

/**
 * The plan of a tree as it is written, ranges written out. Numbers take the sign of a unary minus before them; other operands are marked.
 * What only the bounds of a range need is computed here and now, and is left in the plan as tasks that nothing uses.
 */
export function buildPlan(source: string, ast: Ast, limits: Limits): BuildResult {
  return new PlanBuilder(source, ast, limits).build()
}

/** A range that is being gone through. */
interface Loop {
  readonly range: RangeNode
  readonly begin: NodeIndex
  readonly last: number
  value: number
  /** What the body came to so far, for each value. */
  readonly terms: Operand[]
  /** The variables of the ranges round it. */
  readonly outer: readonly VariableValue[]
}

class PlanBuilder {
  readonly #source: string
  readonly #nodes: readonly AstNode[]
  readonly #limits: Limits
  readonly #digits: DigitCount
  readonly #writtenOut: WrittenOut
  readonly #tasks: PlannedTask[] = []
  /** What each node is, for the present values of variables. */
  readonly #operands: Operand[] = []
  /** How many digits that has, where it is a number. */
  readonly #sizes: number[] = []
  /** The whole numbers among the nodes, as `whole-number.ts` has them. Empty where no range asks. */
  readonly #known: Float64Array
  readonly #loops: Loop[] = []
  #variables: readonly VariableValue[] = []
  #at: NodeIndex = 0

  constructor(source: string, { nodes, rangeCount }: Ast, limits: Limits) {
    this.#source = source
    this.#nodes = nodes
    this.#limits = limits
    this.#digits = new DigitCount(limits)
    this.#writtenOut = new WrittenOut(limits)
    this.#known = new Float64Array(rangeCount > 0 ? nodes.length : 0).fill(NaN)
  }

  build(): BuildResult {
    for (let node = this.#nodes[0]; node !== undefined; node = this.#nodes[this.#at]) {
      const problem = this.#visit(node)
      if (problem !== null) return problem
    }
    const tooMany = this.#digits.excess
    if (tooMany !== null) return { kind: 'limit-exceeded', error: tooMany }
    return { kind: 'built', plan: { tasks: this.#tasks, root: this.#operandOf(this.#nodes.length - 1) } }
  }

  #visit(node: AstNode): Problem | null {
    switch (node.kind) {
      case 'number':
        return this.#number(node)
      case 'negation':
        return this.#set(
          negateOperand(this.#operandOf(node.operand)),
          this.#sizes[node.operand],
          0 - this.#knownOf(node.operand),
        )
      case 'name': {
        const { meaning } = node
        this.#digits.count(this.#sizes[meaning] ?? 0, node)
        return this.#set(this.#operandOf(meaning), this.#sizes[meaning], this.#knownOf(meaning))
      }
      case 'operation': {
        const operand = this.#add(node.operation, this.#operandsOf(node.operands), node)
        const [left = 0, right] = node.operands
        const isKnowable = this.#known.length > 0 && right !== undefined
        const known = isKnowable ? wholeResult(node.operation, this.#knownOf(left), this.#knownOf(right)) : NaN
        return this.#set(operand, 0, known)
      }
      case 'range':
        return this.#enter(node)
      case 'range-end':
        return this.#turn(node.body)
      default:
        return node satisfies never
    }
  }

  #number(node: NumberNode): Problem | null {
    const { position, length } = node
    const index = this.#at
    let size = this.#sizes[index]
    if (size === undefined) {
      const literal = this.#source.slice(position, position + length)
      const measured = this.#digits.measure(literal, node)
      if (typeof measured !== 'number') return { kind: 'limit-exceeded', error: measured }
      size = measured
      this.#operands[index] = { literal }
      if (this.#known.length > 0) this.#known[index] = wholeLiteral(literal, measured)
    }
    this.#digits.count(size, node)
    return this.#set(this.#operandOf(index), size, this.#knownOf(index))
  }

  /** The first value of a range, or past one that is empty. */
  #enter(range: RangeNode): Problem | null {
    const [first, last] = [this.#knownOf(range.from.node), this.#knownOf(range.to.node)]
    if (!Number.isFinite(first)) return { kind: 'fault', fault: unknownRange(range.from, !Number.isNaN(first)) }
    if (!Number.isFinite(last)) return { kind: 'fault', fault: unknownRange(range.to, !Number.isNaN(last)) }
    if (last - first > this.#limits.maxOperations)
      return { kind: 'limit-exceeded', error: this.#writtenOut.tooLong(range, last - first) }
    if (last < first) {
      this.#at = range.end
      return this.#set({ literal: range.operation === '+' ? '0' : '1' }, 1, NaN)
    }
    const loop = { range, begin: this.#at, last, value: first, terms: [], outer: this.#variables }
    if (this.#loops.length === 0) this.#writtenOut.begin(range, this.#tasks.length)
    this.#loops.push(loop)
    return this.#begin(loop)
  }

  #begin({ range, begin, value, outer }: Loop): Problem | null {
    const literal = String(value)
    this.#variables = [...outer, { name: range.variable, value: literal }]
    this.#at = begin
    return this.#set({ literal }, value < 0 ? literal.length - 1 : literal.length, value)
  }

  /** The next value of the innermost range, or the end of it. */
  #turn(body: NodeIndex): Problem | null {
    const loop = this.#loops.at(-1)
    if (loop === undefined) throw new Error('a range ends that did not begin')
    loop.terms.push(this.#operandOf(body))
    if (loop.value < loop.last) {
      loop.value += 1
      return this.#begin(loop)
    }
    this.#loops.pop()
    this.#variables = loop.outer
    const joined = this.#join(loop)
    if (this.#loops.length === 0) this.#writtenOut.end(this.#tasks.length)
    return this.#set(joined, 'task' in joined ? 0 : this.#sizes[body], NaN)
  }

  /** A balanced tree, neighbours first. */
  #join({ range, terms }: Loop): Operand {
    let joined: readonly Operand[] = terms
    while (joined.length > 1) {
      const next: Operand[] = []
      for (let index = 0; index < joined.length; index += 2) {
        const pair = joined.slice(index, index + 2)
        const [only] = pair
        next.push(pair.length === 1 && only ? only : this.#add(range.operation, pair, range))
      }
      joined = next
    }
    return joined[0] ?? { literal: '0' }
  }

  #add(operation: OperationName, operands: readonly Operand[], span: Span): Operand {
    this.#tasks.push({ operation, operands, spans: this.#places(span) })
    return resultOf(this.#tasks.length - 1)
  }

  #places({ position, length }: Span): readonly Place[] {
    const variables = this.#variables
    return variables.length === 0 ? onlyPlace(position, length) : [{ position, length, variables }]
  }

  /** What the present node is. The next one follows, unless there has been too much already. */
  #set(operand: Operand, size: number | undefined, known: number): Problem | null {
    this.#operands[this.#at] = operand
    this.#sizes[this.#at] = size ?? 0
    if (this.#known.length > 0) this.#known[this.#at] = known
    this.#at += 1
    const error = this.#loops.length === 0 ? null : this.#writtenOut.step(this.#tasks.length)
    return error && { kind: 'limit-exceeded', error }
  }

  /** In a list of the right length from the start. */
  #operandsOf(indexes: readonly NodeIndex[]): Operand[] {
    const operands = new Array<Operand>(indexes.length)
    for (let at = 0; at < indexes.length; at++) operands[at] = this.#operandOf(indexes[at] as NodeIndex)
    return operands
  }

  #operandOf(index: NodeIndex): Operand {
    const operand = this.#operands[index]
    if (operand === undefined) throw new Error('a node stands before its child')
    return operand
  }

  #knownOf(index: NodeIndex): number {
    return this.#known[index] ?? NaN
  }
}
