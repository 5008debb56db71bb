import type { Span } from '../span.ts'
import { readToken } from './lexer.ts'
import type { Token } from './token.ts'

/** Where the parser is in a source, and what may stand next there. */
export class Cursor {
  readonly source: string
  /** What was read last. */
  current: Span = { position: 0, length: 0 }
  isOperandExpected = true
  isStatementStart = true

  constructor(source: string) {
    this.source = source
  }

  /** What stands behind a token, the last one if no other is meant. */
  peek({ position, length }: Span = this.current): Token {
    return readToken(this.source, position + length)
  }

  /** Returns no fault, as what reads a token does at its end. */
  advance(token: Span, expected: 'operand' | 'operator'): null {
    this.current = token
    this.isOperandExpected = expected === 'operand'
    this.isStatementStart = false
    return null
  }

  beginStatement(): void {
    this.isOperandExpected = true
    this.isStatementStart = true
  }

  text({ position, length }: Span): string {
    return this.source.slice(position, position + length)
  }

  /** What was read from a position on, without white space before it. */
  readSince(position: number): Span {
    const length = this.source.slice(position, this.#end).trimStart().length
    return { position: this.#end - length, length }
  }

  isOnNextLine({ position }: Span): boolean {
    return position > this.#end && this.source.slice(this.#end, position).includes('\n')
  }

  get #end(): number {
    return this.current.position + this.current.length
  }
}
