import type { BuiltIn, OperatorName } from '../operation.ts'
import type { Span } from '../span.ts'
import type { AstNode, Bound, NodeIndex, NumberNode, RangeNode } from './ast.ts'
import { isRightAssociative, precedences, unaryPrecedence } from './token.ts'

/** What is open until its parenthesis closes. `position` is the parenthesis, a span the name before it. */
export type Open = OpenGroup | OpenCall | OpenRange
export type OpenGroup = { readonly kind: 'group'; readonly position: number }
export interface OpenCall {
  readonly kind: 'call'
  readonly position: number
  readonly span: Span
  readonly called: BuiltIn
  readonly operands: NodeIndex[]
}
export interface OpenRange {
  readonly kind: 'range'
  readonly position: number
  readonly span: Span
  readonly operation: RangeNode['operation']
  readonly variable: string
  /** What is being read. */
  part: 'from' | 'to' | 'body'
  /** Where that begins. */
  partPosition: number
  from: Bound | null
  node: NodeIndex
}

type PendingOperator = Span & { readonly kind: 'operator'; readonly operation: OperatorName }
/** What has been read and still waits for the operand after it. */
type Pending = Open | { readonly kind: 'negation' } | PendingOperator

const negation: Pending = { kind: 'negation' }

/** Builds the tree from what the parser reads, by operator precedence. What waits is kept in a list: nesting costs memory and no stack. */
export class TreeBuilder {
  readonly nodes: AstNode[] = []
  rangeCount = 0
  readonly #operands: NodeIndex[] = []
  readonly #pending: Pending[] = []
  readonly #open: Open[] = []
  #openRanges = 0

  /** What is open, innermost last. */
  get open(): readonly Open[] {
    return this.#open
  }

  get innermost(): Open | undefined {
    return this.#open.at(-1)
  }

  /** How many ranges stand within each other here. */
  get openRanges(): number {
    return this.#openRanges
  }

  /** The operator, with or without a minus behind it, whose operand was read last; undefined where there is none. */
  get waiting(): OperatorName | undefined {
    const last = this.#pending.findLast(({ kind }) => kind !== 'negation')
    return last?.kind === 'operator' ? last.operation : undefined
  }

  number(token: NumberNode): void {
    this.#add(token)
  }

  name({ position, length }: Span, meaning: NodeIndex): void {
    this.#add({ kind: 'name', meaning, position, length })
  }

  begin(open: Open): void {
    this.#open.push(open)
    this.#pending.push(open)
    if (open.kind === 'range') this.#openRanges += 1
  }

  /** The second of two in a row takes the first away. */
  negation(): void {
    if (this.#pending.at(-1) === negation) this.#pending.pop()
    else this.#pending.push(negation)
  }

  binary(token: PendingOperator): void {
    const precedence = precedences[token.operation]
    this.#reduceFrom(isRightAssociative(token.operation) ? precedence + 1 : precedence)
    this.#pending.push(token)
  }

  /** Another operand of a call was read. */
  addOperand(call: OpenCall): void {
    this.#reduceFrom(0)
    call.operands.push(this.#takeOperand())
  }

  /** The first value of a range was read; its text is the span. */
  endFrom(range: OpenRange, { position, length }: Span): void {
    this.#reduceFrom(0)
    range.from = { node: this.#takeOperand(), position, length }
    range.part = 'to'
  }

  /** The last value of a range was read; the body comes. Returns the node that its variable stands for. */
  endTo(range: OpenRange, { position, length }: Span): NodeIndex {
    this.#reduceFrom(0)
    const to = { node: this.#takeOperand(), position, length }
    const from = range.from ?? to
    const { operation, variable, span } = range
    range.node = this.nodes.push({ kind: 'range', operation, variable, from, to, end: -1, ...span }) - 1
    range.part = 'body'
    this.rangeCount += 1
    return range.node
  }

  /** Takes in all that was read within the innermost parenthesis, and closes it. */
  close(open: Open): void {
    this.#reduceFrom(0)
    this.#pending.pop()
    this.#open.pop()
    if (open.kind === 'call') this.#endCall(open)
    else if (open.kind === 'range') this.#endRange(open)
  }

  /** Takes in all that was read since the last of these: the value of a binding, or the expression. */
  endStatement(): NodeIndex {
    this.#reduceFrom(0)
    return this.#takeOperand()
  }

  #endCall({ span: { position, length }, called, operands }: OpenCall): void {
    operands.push(this.#takeOperand())
    this.#add({ kind: 'operation', operation: called.name, operands, position, length })
  }

  #endRange({ node }: OpenRange): void {
    this.#openRanges -= 1
    const begin = this.nodes[node]
    this.#add({ kind: 'range-end', range: node, body: this.#takeOperand() })
    if (begin?.kind === 'range') this.nodes[node] = { ...begin, end: this.nodes.length - 1 }
  }

  /** Ends what waits and holds its operands at least as tightly as `precedence`, back to the innermost open parenthesis. */
  #reduceFrom(precedence: number): void {
    for (let top = this.#pending.at(-1); top !== undefined; top = this.#pending.at(-1)) {
      if (top.kind !== 'operator' && top.kind !== 'negation') return
      if ((top.kind === 'negation' ? unaryPrecedence : precedences[top.operation]) < precedence) return
      this.#pending.pop()
      const last = this.#takeOperand()
      if (top.kind === 'negation') this.#add({ kind: 'negation', operand: last })
      else this.#add(operationNode(top, this.#takeOperand(), last))
    }
  }

  #add(node: AstNode): void {
    this.#operands.push(this.nodes.push(node) - 1)
  }

  #takeOperand(): NodeIndex {
    const operand = this.#operands.pop()
    if (operand === undefined) throw new Error('an operator was read before its operand')
    return operand
  }
}

function operationNode({ operation, position, length }: PendingOperator, left: NodeIndex, right: NodeIndex): AstNode {
  return { kind: 'operation', operation, operands: [left, right], position, length }
}
