import { builtIns } from '../operation.ts'
import type { Span } from '../span.ts'
import type { Ast } from './ast.ts'
import { decimalComma, strayLetter } from './lexical-fault.ts'
import { readToken } from './lexer.ts'
import * as nameFaults from './name-fault.ts'
import { Names } from './names.ts'
import * as faults from './parse-fault.ts'
import * as rangeFaults from './range-fault.ts'
import { endOfExpression, type SyntaxFault } from './syntax-error.ts'
import type { Token, ValidToken } from './token.ts'
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
  readonly #source: string
  readonly #tree = new TreeBuilder()
  readonly #names = new Names()
  /** What was read last. */
  #current: Span = { position: 0, length: 0 }
  #isOperandExpected = true
  #isStatementStart = true
  /** The name whose value is being read. */
  #binding: Span | null = null

  constructor(source: string) {
    this.#source = source
  }

  parse(): ParseResult {
    for (;;) {
      const token = this.#peek()
      if (token.kind === 'invalid') return this.#unreadable(token.fault)
      const fault = this.#isOperandExpected ? this.#readOperand(token) : this.#readOperator(token)
      if (fault !== null) return { kind: 'syntax-error', fault }
      const { nodes, rangeCount } = this.#tree
      if (token.kind === 'end') return { kind: 'parsed', ast: { nodes, rangeCount } }
    }
  }

  #readOperand(token: ValidToken): SyntaxFault | null {
    switch (token.kind) {
      case 'number':
        this.#tree.number(token)
        return this.#advance(token, 'operator')
      case 'name':
        return this.#readName(token)
      case 'open':
        this.#tree.begin({ kind: 'group', position: token.position })
        return this.#advance(token, 'operand')
      case 'operator':
        if (token.operation === '-') this.#tree.negation()
        else if (token.operation !== '+') return this.#missingOperand(token)
        return this.#advance(token, 'operand')
      case 'comma':
        return this.#tree.innermost?.kind === 'call' || this.#isPart('to')
          ? this.#missingOperand(token)
          : decimalComma(this.#source, token.position)
      case 'equals':
        return faults.misplacedEquals(this.#source, token)
      case 'end':
        // After bindings, on a line of its own or behind a `;`.
        return this.#isStatementStart && !this.#names.isEmpty
          ? nameFaults.missingExpression(token)
          : this.#missingOperand(token)
      case 'dots':
        return this.#isPart('from')
          ? this.#missingOperand(token)
          : faults.misplacedDots(this.#source, this.#current, token)
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
        return this.#advance(token, 'operand')
      case 'close':
        return this.#readClose(token)
      case 'comma':
        return this.#readComma(token)
      case 'dots':
        return this.#readDots(token)
      case 'equals':
        return faults.misplacedEquals(this.#source, token)
      case 'separator':
        return this.#endStatement(token) ?? this.#advance(token, 'operand', true)
      case 'end':
        return this.#readEnd(token)
      case 'number':
      case 'name':
      case 'open':
        return this.#isOnNextLine(token) ? this.#endStatement(token) : this.#missingOperator(token)
      default:
        return token satisfies never
    }
  }

  /** A binding's name, where a statement begins; else what a name stands for, or a call. */
  #readName(token: Span): SyntaxFault | null {
    const name = this.#text(token)
    const next = this.#isStatementStart ? this.#peek(token) : null
    if (next?.kind === 'equals') {
      const fault = this.#refuseName(name, token)
      if (fault !== null) return fault
      this.#binding = token
      return this.#advance(next, 'operand')
    }
    const meaning = this.#names.use(name)
    if (meaning === undefined) return this.#readCall(name, token)
    this.#tree.name(token, meaning)
    return this.#advance(token, 'operator')
  }

  #readCall(name: string, token: Span): SyntaxFault | null {
    const next = this.#peek(token)
    const isRange = name === 'sum' || name === 'product'
    const called = builtIns.get(name)
    if (next.kind !== 'open') {
      if (called !== undefined || isRange) return nameFaults.missingOperands(name, token)
      return this.#unknownName(name, token)
    }
    if (isRange) return this.#readRange(name, token, next)
    if (called === undefined) return nameFaults.unknownFunction(name, token, this.#names)
    this.#tree.begin({ kind: 'call', position: next.position, span: token, called, operands: [] })
    return this.#advance(next, 'operand')
  }

  /** `sum(k =`, up to the first value. */
  #readRange(word: 'sum' | 'product', { position, length }: Span, open: ValidToken): SyntaxFault | null {
    const span = { position, length }
    if (this.#tree.openRanges === rangeFaults.mostOpenRanges) return rangeFaults.rangesTooDeep(span)
    const variable = this.#peek(open)
    if (variable.kind !== 'name') return rangeFaults.malformedHead(word, variable, 'name')
    const equals = this.#peek(variable)
    if (equals.kind !== 'equals') return rangeFaults.malformedHead(word, equals, '=')
    const name = this.#text(variable)
    const fault = this.#refuseName(name, variable)
    if (fault !== null) return fault
    const operation = word === 'sum' ? '+' : '*'
    const partPosition = equals.position + equals.length
    const head = { kind: 'range', position: open.position, span, operation, variable: name } as const
    this.#tree.begin({ ...head, part: 'from', partPosition, from: null, node: -1 })
    return this.#advance(equals, 'operand')
  }

  #readDots(token: ValidToken): SyntaxFault | null {
    const { innermost } = this.#tree
    if (innermost?.kind !== 'range' || innermost.part !== 'from')
      return faults.misplacedDots(this.#source, this.#current, token)
    this.#tree.endFrom(innermost, this.#spanOfPart(innermost))
    innermost.partPosition = token.position + token.length
    return this.#advance(token, 'operand')
  }

  #readComma(token: ValidToken): SyntaxFault | null {
    const { innermost } = this.#tree
    if (innermost?.kind === 'call') this.#tree.addOperand(innermost)
    else if (innermost?.kind !== 'range') return decimalComma(this.#source, token.position)
    else if (innermost.part !== 'to') return rangeFaults.malformedRange(innermost, token)
    else this.#names.enter(innermost.variable, this.#tree.endTo(innermost, this.#spanOfPart(innermost)))
    return this.#advance(token, 'operand')
  }

  #readClose(token: ValidToken): SyntaxFault | null {
    const { innermost } = this.#tree
    if (innermost === undefined) return faults.unopenedParenthesis(token)
    if (innermost.kind === 'range') {
      if (innermost.part !== 'body') return rangeFaults.malformedRange(innermost, token)
      this.#names.leave(innermost.variable)
    }
    this.#tree.close(innermost)
    const fault = innermost.kind === 'call' ? nameFaults.refuseCount(innermost) : null
    return fault ?? this.#advance(token, 'operator')
  }

  /** At a `;`, or at what stands on the next line. */
  #endStatement(token: ValidToken): SyntaxFault | null {
    if (this.#tree.open.length > 0) return faults.unclosedParentheses(token, this.#tree.open)
    if (this.#binding === null) return nameFaults.severalExpressions(this.#source, token)
    this.#names.bind(this.#text(this.#binding), this.#tree.endStatement(), this.#binding)
    this.#binding = null
    this.#isOperandExpected = true
    this.#isStatementStart = true
    return null
  }

  #readEnd(token: ValidToken): SyntaxFault | null {
    if (this.#tree.open.length > 0) return faults.unclosedParentheses(token, this.#tree.open)
    if (this.#binding !== null) return nameFaults.missingExpression(token)
    this.#tree.endStatement()
    const { firstUnused } = this.#names
    return firstUnused === undefined ? null : nameFaults.unusedName(this.#text(firstUnused), firstUnused)
  }

  #refuseName(name: string, token: Span): SyntaxFault | null {
    return nameFaults.refuseName(name, token, this.#names.has(name) || this.#isVariable(name))
  }

  #isVariable(name: string): boolean {
    return this.#tree.open.some((open) => open.kind === 'range' && open.variable === name)
  }

  #unknownName(name: string, token: Span): SyntaxFault {
    const isBeingDefined = this.#binding !== null && this.#text(this.#binding) === name
    if (isBeingDefined) return nameFaults.recursiveDefinition(name, token)
    return nameFaults.unknownName(this.#source, name, token, this.#names)
  }

  #missingOperand(token: ValidToken): SyntaxFault {
    const isFirst = this.#current.length === 0
    return faults.missingOperand(this.#source, isFirst ? null : this.#current, token)
  }

  #unreadable(fault: SyntaxFault): ParseResult {
    return { kind: 'syntax-error', fault: faults.unreadable(fault, this.#isOperandExpected, this.#closers) }
  }

  #missingOperator(token: ValidToken): SyntaxFault {
    const isUnknown = token.kind === 'name' && !this.#names.has(this.#text(token))
    const letter = isUnknown ? strayLetter(this.#source, token.position) : null
    if (letter !== null) return letter
    return faults.missingOperator(this.#source, this.#current, token, this.#closers)
  }

  /** What may end what is being read. */
  get #closers(): readonly string[] {
    const { innermost } = this.#tree
    if (innermost === undefined) return this.#binding === null ? [endOfExpression] : [';', 'new line']
    if (innermost.kind === 'call') return [',', ')']
    return innermost.kind === 'range' ? [{ from: '..', to: ',', body: ')' }[innermost.part]] : [')']
  }

  /** Whether this part of a range is being read. */
  #isPart(part: OpenRange['part']): boolean {
    const { innermost } = this.#tree
    return innermost?.kind === 'range' && innermost.part === part
  }

  #isOnNextLine(token: Span): boolean {
    if (this.#tree.open.length > 0) return false
    const end = this.#current.position + this.#current.length
    return token.position > end && this.#source.slice(end, token.position).includes('\n')
  }

  /** The text of a bound, read to its end. */
  #spanOfPart({ partPosition }: OpenRange): Span {
    const end = this.#current.position + this.#current.length
    const text = this.#source.slice(partPosition, end)
    const length = text.trimStart().length
    return { position: end - length, length }
  }

  #text({ position, length }: Span): string {
    return this.#source.slice(position, position + length)
  }

  #peek({ position, length }: Span = this.#current): Token {
    return readToken(this.#source, position + length)
  }

  #advance(token: Span, expected: 'operand' | 'operator', isStatementStart = false): null {
    this.#current = token
    this.#isOperandExpected = expected === 'operand'
    this.#isStatementStart = isStatementStart
    return null
  }
}
