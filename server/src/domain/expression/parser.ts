import { builtIns } from '../operation.ts'
import type { Span } from '../span.ts'
import type { Ast } from './ast.ts'
import { Cursor } from './cursor.ts'
import { decimalComma, otherDots, strayLetter } from './lexical-fault.ts'
import * as nameFaults from './name-fault.ts'
import * as faults from './parse-fault.ts'
import * as rangeFaults from './range-fault.ts'
import { readRangeHead } from './range-head.ts'
import { Statements } from './statements.ts'
import type { SyntaxFault } from './syntax-error.ts'
import type { ValidToken } from './token.ts'
import { TreeBuilder, type OpenRange } from './tree-builder.ts'

export type ParseResult =
  { readonly kind: 'parsed'; readonly ast: Ast } | { readonly kind: 'syntax-error'; readonly fault: SyntaxFault }

/**
 * Reads a whole source, in linear time and up to its first fault.
 *
 *     source     = { binding ( ";" | newline ) } expression
 *     binding    = name "=" expression
 *     expression = sum
 *     sum        = product { ("+" | "-") product }
 *     product    = unary { ("*" | "/") unary }
 *     unary      = { "+" | "-" } power
 *     power      = primary [ ("^" | "**") unary ]
 *     primary    = number | "(" expression ")" | name | name "(" expression { "," expression } ")"
 *                | ( "sum" | "product" ) "(" name "=" expression ".." expression "," expression ")"
 *
 * A new line ends a binding where what follows cannot go on with it, so that a line may begin with an operator; elsewhere it is white space.
 */
export function parse(source: string): ParseResult {
  return new Parser(source).parse()
}

class Parser {
  readonly #cursor: Cursor
  readonly #tree = new TreeBuilder()
  readonly #statements: Statements

  constructor(source: string) {
    this.#cursor = new Cursor(source)
    this.#statements = new Statements(this.#cursor, this.#tree)
  }

  parse(): ParseResult {
    for (;;) {
      const token = this.#cursor.peek()
      if (token.kind === 'invalid') return this.#unreadable(token.fault)
      const fault = this.#cursor.isOperandExpected ? this.#readOperand(token) : this.#readOperator(token)
      if (fault !== null) return { kind: 'syntax-error', fault }
      const { nodes, rangeCount } = this.#tree
      if (token.kind === 'end') return { kind: 'parsed', ast: { nodes, rangeCount } }
    }
  }

  #readOperand(token: ValidToken): SyntaxFault | null {
    switch (token.kind) {
      case 'number':
        this.#tree.number(token)
        return this.#cursor.advance(token, 'operator')
      case 'name':
        return this.#readName(token)
      case 'open':
        this.#tree.begin({ kind: 'group', position: token.position })
        return this.#cursor.advance(token, 'operand')
      case 'operator':
        if (token.operation === '-') this.#tree.negation()
        else if (token.operation !== '+') return this.#missingOperand(token)
        return this.#cursor.advance(token, 'operand')
      case 'comma':
        return this.#tree.innermost?.kind === 'call' || this.#isPart('to')
          ? this.#missingOperand(token)
          : decimalComma(this.#cursor.source, token, this.#statements.expected)
      case 'equals':
        return faults.misplacedEquals(this.#cursor.source, token, this.#statements.expected)
      case 'end':
        // After bindings, on a line of its own or behind a `;`.
        return this.#cursor.isStatementStart && !this.#statements.names.isEmpty
          ? nameFaults.missingExpression(token)
          : this.#missingOperand(token)
      case 'dots':
        return this.#isPart('from')
          ? this.#missingOperand(token)
          : faults.misplacedDots(this.#cursor.source, this.#cursor.current, token)
      case 'close':
      case 'separator':
        return this.#missingOperand(token)
      default:
        return token satisfies never
    }
  }

  #readOperator(token: ValidToken): SyntaxFault | null {
    switch (token.kind) {
      case 'operator':
        this.#tree.binary(token)
        return this.#cursor.advance(token, 'operand')
      case 'close':
        return this.#readClose(token)
      case 'comma':
        return this.#readComma(token)
      case 'dots':
        return this.#readDots(token)
      case 'equals':
        return faults.misplacedEquals(this.#cursor.source, token, this.#statements.expected)
      case 'separator':
        return this.#readSeparator(token)
      case 'end':
        return this.#statements.endOfSource(token)
      case 'number':
      case 'name':
      case 'open':
        return this.#isOnNextLine(token) ? this.#statements.end(token) : this.#missingOperator(token)
      default:
        return token satisfies never
    }
  }

  #readSeparator(token: ValidToken): SyntaxFault | null {
    const fault = this.#statements.end(token)
    if (fault !== null) return fault
    this.#cursor.advance(token, 'operand')
    this.#cursor.beginStatement()
    return null
  }

  /** A binding's name, where a statement begins; else what a name stands for, or a call. */
  #readName(token: Span): SyntaxFault | null {
    const name = this.#cursor.text(token)
    const next = this.#cursor.isStatementStart ? this.#cursor.peek(token) : null
    if (next?.kind === 'equals') return this.#statements.beginBinding(token) ?? this.#cursor.advance(next, 'operand')
    const meaning = this.#statements.names.use(name)
    if (meaning === undefined) return this.#readCall(name, token)
    this.#tree.name(token, meaning)
    return this.#cursor.advance(token, 'operator')
  }

  #readCall(name: string, token: Span): SyntaxFault | null {
    const next = this.#cursor.peek(token)
    const isRange = name === 'sum' || name === 'product'
    const called = builtIns.get(name)
    if (next.kind !== 'open') {
      if (called !== undefined || isRange) return nameFaults.missingOperands(name, token)
      return this.#statements.unknownName(token)
    }
    if (isRange) return this.#readRange(name, token, next)
    if (called === undefined) return nameFaults.unknownFunction(name, token, this.#statements.names)
    this.#tree.begin({ kind: 'call', position: next.position, span: token, called, operands: [] })
    return this.#cursor.advance(next, 'operand')
  }

  /** `sum(k =`, up to the first value. */
  #readRange(word: 'sum' | 'product', { position, length }: Span, open: ValidToken): SyntaxFault | null {
    const span = { position, length }
    if (this.#tree.openRanges === rangeFaults.mostOpenRanges) return rangeFaults.rangesTooDeep(span)
    const head = readRangeHead(this.#cursor, word, open)
    if (head.kind === 'fault') return head.fault
    const { variable, equals } = head
    const fault = this.#statements.refuseName(variable)
    if (fault !== null) return fault
    this.#tree.begin({
      ...{ kind: 'range', position: open.position, span, operation: word === 'sum' ? '+' : '*' },
      ...{ variable: this.#cursor.text(variable), part: 'from', partPosition: equals.position + equals.length },
      ...{ from: null, node: -1 },
    })
    return this.#cursor.advance(equals, 'operand')
  }

  #readDots(token: ValidToken): SyntaxFault | null {
    const { innermost } = this.#tree
    if (innermost?.kind !== 'range' || innermost.part !== 'from')
      return faults.misplacedDots(this.#cursor.source, this.#cursor.current, token)
    this.#tree.endFrom(innermost, this.#cursor.readSince(innermost.partPosition))
    innermost.partPosition = token.position + token.length
    return this.#cursor.advance(token, 'operand')
  }

  #readComma(token: ValidToken): SyntaxFault | null {
    const { innermost } = this.#tree
    if (innermost?.kind === 'call') this.#tree.addOperand(innermost)
    else if (innermost?.kind !== 'range') return decimalComma(this.#cursor.source, token, this.#statements.expected)
    else if (innermost.part !== 'to') return rangeFaults.malformedRange(innermost, token)
    else
      this.#statements.names.enter(
        innermost.variable,
        this.#tree.endTo(innermost, this.#cursor.readSince(innermost.partPosition)),
      )
    return this.#cursor.advance(token, 'operand')
  }

  #readClose(token: ValidToken): SyntaxFault | null {
    const { innermost } = this.#tree
    if (innermost === undefined) return faults.unopenedParenthesis(token, this.#statements.expected)
    if (innermost.kind === 'range') {
      if (innermost.part !== 'body') return rangeFaults.malformedRange(innermost, token)
      this.#statements.names.leave(innermost.variable)
    }
    this.#tree.close(innermost)
    const fault = innermost.kind === 'call' ? nameFaults.refuseCount(innermost) : null
    return fault ?? this.#cursor.advance(token, 'operator')
  }

  #missingOperand(token: ValidToken): SyntaxFault {
    const isFirst = this.#cursor.current.length === 0
    return faults.missingOperand(this.#cursor.source, isFirst ? null : this.#cursor.current, token)
  }

  #unreadable(fault: SyntaxFault): ParseResult {
    const { source, isOperandExpected } = this.#cursor
    const dots = this.#isPart('from') && !isOperandExpected ? otherDots(source, fault.error.position) : null
    return { kind: 'syntax-error', fault: faults.unreadable(dots ?? fault, this.#statements.expected) }
  }

  #missingOperator(token: ValidToken): SyntaxFault {
    const isUnknown = token.kind === 'name' && !this.#statements.names.has(this.#cursor.text(token))
    const letter = isUnknown ? strayLetter(this.#cursor.source, token.position) : null
    const { expected } = this.#statements
    if (letter !== null) return faults.unreadable(letter, expected)
    const { source, current } = this.#cursor
    return faults.missingOperator(source, current, token, this.#tree.waiting, expected)
  }

  /** Whether this part of a range is being read. */
  #isPart(part: OpenRange['part']): boolean {
    const { innermost } = this.#tree
    return innermost?.kind === 'range' && innermost.part === part
  }

  /** Within parentheses lines mean nothing. */
  #isOnNextLine(token: Span): boolean {
    return this.#tree.innermost === undefined && this.#cursor.isOnNextLine(token)
  }
}
