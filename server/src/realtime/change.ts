import type { OperationName } from '../domain/operation.ts'
import type { ExpressionRow } from '../store/expressions/load-expressions.ts'

/**
 * A commit changed something that may be watched, here or at another replica. What it is now the watchers' feeds read, unless whoever wrote
 * it passes it on. Other replicas are told where somebody there watches.
 */
export type Change =
  | {
      readonly kind: 'expression'
      readonly id: string
      readonly ownerId: string
      /** As it is now, where whoever announces it knows: then it need not be read again. */
      readonly row?: ExpressionRow | undefined
      /** Nothing but how many of its results are in the log. */
      readonly isProgress?: boolean
    }
  /** A task may be named more than once. */
  | { readonly kind: 'tasks'; readonly expressionId: string; readonly tasks: readonly number[] }
  /** By their names. (`kinds` is what earlier versions listen for, while replicas are exchanged one by one.) */
  | { readonly kind: 'operations'; readonly kinds: readonly OperationName[] }
  /** An agent's row changed. */
  | { readonly kind: 'agent'; readonly id: string }
  /** What an agent computes changed. */
  | { readonly kind: 'agentWork'; readonly id: string }
