import type { Span } from '../span.ts'
import type { Cursor } from './cursor.ts'
import * as nameFaults from './name-fault.ts'
import { Names } from './names.ts'
import { unclosedParentheses } from './parse-fault.ts'
import { malformedRange } from './range-fault.ts'
import { endOfExpression, expectedOperand, expectedOperator, type SyntaxFault } from './syntax-error.ts'
import type { ValidToken } from './token.ts'
import type { TreeBuilder } from './tree-builder.ts'

/** The bindings of a source and the expression behind them: which names have a value, and where a statement may end. */
export class Statements {
  readonly names = new Names()
  readonly #cursor: Cursor
  readonly #tree: TreeBuilder
  /** The name whose value is being read. */
  #binding: Span | null = null

  constructor(cursor: Cursor, tree: TreeBuilder) {
    this.#cursor = cursor
    this.#tree = tree
  }

  /** What can stand where the cursor is. */
  get expected(): readonly string[] {
    return this.#cursor.isOperandExpected ? expectedOperand : expectedOperator(this.#closers)
  }

  /** `x =`, behind which its value is read. */
  beginBinding(name: Span): SyntaxFault | null {
    const fault = this.refuseName(name)
    if (fault === null) this.#binding = name
    return fault
  }

  /** At a `;`, or at what stands on the next line. */
  end(token: ValidToken): SyntaxFault | null {
    if (this.#tree.open.length > 0) return this.#unclosed(token)
    if (this.#binding === null) return nameFaults.severalExpressions(this.#cursor.source, token)
    this.names.bind(this.#cursor.text(this.#binding), this.#tree.endStatement(), this.#binding)
    this.#binding = null
    this.#cursor.beginStatement()
    return null
  }

  endOfSource(token: ValidToken): SyntaxFault | null {
    if (this.#tree.open.length > 0) return this.#unclosed(token)
    if (this.#binding !== null) return nameFaults.missingExpression(token)
    this.#tree.endStatement()
    const { firstUnused } = this.names
    return firstUnused === undefined ? null : nameFaults.unusedName(this.#cursor.text(firstUnused), firstUnused)
  }

  /** Why a name or a variable cannot be called so. */
  refuseName(token: Span): SyntaxFault | null {
    const name = this.#cursor.text(token)
    const isVariable = this.#tree.open.some((open) => open.kind === 'range' && open.variable === name)
    return nameFaults.refuseName(name, token, this.names.has(name) || isVariable)
  }

  unknownName(token: Span): SyntaxFault {
    const name = this.#cursor.text(token)
    const isBeingDefined = this.#binding !== null && this.#cursor.text(this.#binding) === name
    return isBeingDefined
      ? nameFaults.recursiveDefinition(name, token)
      : nameFaults.unknownName(this.#cursor.source, name, token, this.names)
  }

  /** What may end what is being read. */
  get #closers(): readonly string[] {
    const { innermost } = this.#tree
    if (innermost === undefined) return this.#binding === null ? [endOfExpression] : [';', 'new line']
    if (innermost.kind === 'range') return [{ from: '..', to: ',', body: ')' }[innermost.part]]
    if (innermost.kind === 'group') return [')']
    const count = innermost.operands.length + 1
    const { minOperands, maxOperands } = innermost.called
    return [...(count < maxOperands ? [','] : []), ...(count >= minOperands ? [')'] : [])]
  }

  /** A range that lacks a part is not mended by a parenthesis. */
  #unclosed(token: ValidToken): SyntaxFault {
    const { innermost, open } = this.#tree
    return innermost?.kind === 'range' && innermost.part !== 'body'
      ? malformedRange(innermost, token)
      : unclosedParentheses(token, open, this.expected)
  }
}
