import type { OperationName } from '../operation.ts'
import type { Span } from '../span.ts'

/** Index of a node in `Ast.nodes`. */
export type NodeIndex = number

/** The span is the number's text. */
export type NumberNode = Span & { readonly kind: 'number' }

export type AstNode =
  | NumberNode
  | { readonly kind: 'negation'; readonly operand: NodeIndex }
  /** The span is the operator. */
  | (Span & {
      readonly kind: 'operation'
      readonly operation: OperationName
      readonly operands: readonly NodeIndex[]
    })

/**
 * A syntax tree as a list, children before parents, the root last: whoever walks it needs a loop and no recursion, so that no
 * nesting, however deep, overflows a stack. Parentheses and unary plus leave no node.
 */
export interface Ast {
  readonly nodes: readonly AstNode[]
}
