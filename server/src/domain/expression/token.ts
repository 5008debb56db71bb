import type { OperatorName } from '../operation.ts'
import type { Span } from '../span.ts'
import type { SyntaxFault } from './syntax-error.ts'

/** The smallest parts of a source. `invalid` is text that can begin no token; the parser reports its fault as it stands. */
export type Token =
  | (Span & { readonly kind: 'number' })
  | (Span & { readonly kind: 'open' })
  | (Span & { readonly kind: 'close' })
  | (Span & { readonly kind: 'name' })
  | (Span & { readonly kind: 'comma' })
  /** `=` */
  | (Span & { readonly kind: 'equals' })
  /** `..` */
  | (Span & { readonly kind: 'dots' })
  /** `;` */
  | (Span & { readonly kind: 'separator' })
  | (Span & { readonly kind: 'end' })
  | (Span & { readonly kind: 'operator'; readonly operation: OperatorName })
  | { readonly kind: 'invalid'; readonly fault: SyntaxFault }

export type ValidToken = Exclude<Token, { readonly kind: 'invalid' }>

/** Every way to write an operator. */
export const operatorSpellings: Readonly<Record<OperatorName, readonly string[]>> = {
  '+': ['+'],
  '-': ['-', '−'],
  '*': ['*', '×', '·'],
  '/': ['/', '÷', '⁄'],
  '^': ['**', '^'],
}

/** How tightly an operator holds its operands; the higher the tighter. */
export const precedences: Readonly<Record<OperatorName, number>> = {
  '+': 1,
  '-': 1,
  '*': 2,
  '/': 2,
  '^': 4,
}

/** Between the products and the powers: `-2^2` is `-(2^2)`, and `-2*3` is `(-2)*3`. */
export const unaryPrecedence = 3

/** Of equal operators in a row the last is computed first: `2^3^2` is `2^(3^2)`. */
export function isRightAssociative(operation: OperatorName): boolean {
  return operation === '^'
}
