import type { OperationName } from '../operation.ts'
import type { Span } from '../span.ts'

/** Index of a node in `Ast.nodes`. */
export type NodeIndex = number

/** The span is the number's text. */
export type NumberNode = Span & { readonly kind: 'number' }

/**
 * `sum` or `product` over a range, at the beginning of its body: what comes between this node and its end is gone through once for each value
 * of the variable, which is the value of this node meanwhile. The span is the word `sum` or `product`.
 */
export interface RangeNode extends Span {
  readonly kind: 'range'
  /** What joins the values of the body. */
  readonly operation: '+' | '*'
  readonly variable: string
  readonly from: Bound
  readonly to: Bound
  /** The node after the body, whose value is that of the whole. */
  readonly end: NodeIndex
}

/** The first or the last value of a range. The span is all of its text. */
export interface Bound extends Span {
  readonly node: NodeIndex
}

export type AstNode =
  | NumberNode
  | { readonly kind: 'negation'; readonly operand: NodeIndex }
  /** The span is the operator, or the function's name. */
  | (Span & {
      readonly kind: 'operation'
      readonly operation: OperationName
      readonly operands: readonly NodeIndex[]
    })
  /** What a name stands for: the value of a binding, or a range's variable. The span is the name. */
  | (Span & { readonly kind: 'name'; readonly meaning: NodeIndex })
  | RangeNode
  | { readonly kind: 'range-end'; readonly range: NodeIndex; readonly body: NodeIndex }

/**
 * A syntax tree as a list, children before parents, the root last: whoever walks it needs a loop and no recursion, so that no
 * nesting, however deep, overflows a stack. Parentheses and unary plus leave no node, and a binding none but those of its value.
 */
export interface Ast {
  readonly nodes: readonly AstNode[]
  /** How many of them are ranges. */
  readonly rangeCount: number
}
