import type { OperatorName } from '../operation.ts'
import type { Span } from '../span.ts'
import type { Ast, AstNode, NodeIndex, NumberNode } from './ast.ts'
import { readToken } from './lexer.ts'
import * as faults from './parse-fault.ts'
import type { SyntaxFault } from './syntax-error.ts'
import { isRightAssociative, precedences, unaryPrecedence } from './token.ts'

export type ParseResult =
  { readonly kind: 'parsed'; readonly ast: Ast } | { readonly kind: 'syntax-error'; readonly fault: SyntaxFault }

/** What has been read and still waits for the operand after it. */
type Pending = PendingOpen | { readonly kind: 'negation' } | PendingOperator
type PendingOpen = { readonly kind: 'open'; readonly position: number }
type PendingOperator = Span & { readonly kind: 'operator'; readonly operation: OperatorName }

/**
 * Reads a whole source, in linear time and up to its first fault.
 *
 *     expression = sum
 *     sum        = product { ("+" | "-") product }
 *     product    = unary { ("*" | "/") unary }
 *     unary      = { "+" | "-" } power
 *     power      = primary [ ("^" | "**") unary ]
 *     primary    = number | "(" expression ")"
 *
 * The rules are read by operator precedence, with what waits kept in a list: nesting costs memory and no stack.
 */
export function parse(source: string): ParseResult {
  const tree = new TreeBuilder()
  let position = 0
  let isOperandExpected = true
  let previous: Span | null = null
  for (;;) {
    const token = readToken(source, position)
    if (token.kind === 'invalid')
      return failure(faults.unreadable(token.fault, isOperandExpected, tree.isParenthesisOpen))
    if (isOperandExpected) {
      if (token.kind === 'number') {
        tree.number(token)
        isOperandExpected = false
      } else if (token.kind === 'open') {
        tree.open(token)
      } else if (token.kind === 'operator' && token.operation === '-') {
        tree.negation()
      } else if (token.kind !== 'operator' || token.operation !== '+') {
        return failure(faults.missingOperand(source, previous, token))
      }
    } else if (token.kind === 'operator') {
      tree.binary(token)
      isOperandExpected = true
    } else if (token.kind === 'close') {
      if (!tree.close()) return failure(faults.unopenedParenthesis(token))
    } else if (token.kind === 'end') {
      const unclosed = tree.finish()
      return unclosed.length > 0
        ? failure(faults.unclosedParentheses(token, unclosed))
        : { kind: 'parsed', ast: { nodes: tree.nodes } }
    } else {
      return failure(faults.missingOperator(source, previous ?? token, token, tree.isParenthesisOpen))
    }
    previous = token
    position = token.position + token.length
  }
}

function failure(fault: SyntaxFault): ParseResult {
  return { kind: 'syntax-error', fault }
}

const negation: Pending = { kind: 'negation' }

class TreeBuilder {
  readonly nodes: AstNode[] = []
  readonly #operands: NodeIndex[] = []
  readonly #pending: Pending[] = []
  #openCount = 0

  get isParenthesisOpen(): boolean {
    return this.#openCount > 0
  }

  number(token: NumberNode): void {
    this.#add(token)
  }

  open(token: PendingOpen): void {
    this.#openCount += 1
    this.#pending.push(token)
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

  /** False where no parenthesis is open. */
  close(): boolean {
    this.#reduceFrom(0)
    if (this.#pending.pop() === undefined) return false
    this.#openCount -= 1
    return true
  }

  /** The positions of the parentheses left open. */
  finish(): readonly number[] {
    this.#reduceFrom(0)
    return this.#pending.flatMap((pending) => (pending.kind === 'open' ? [pending.position] : []))
  }

  /** Ends what waits and holds its operands at least as tightly as `precedence`, back to the innermost open parenthesis. */
  #reduceFrom(precedence: number): void {
    for (let top = this.#pending.at(-1); top !== undefined && top.kind !== 'open'; top = this.#pending.at(-1)) {
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
