import {
  GraphQLError,
  OperationTypeNode,
  type ASTVisitor,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Context } from '../../schema/context.ts'

/**
 * An answer is an object while it is made, and one with a part named `then` is taken for a promise by whoever waits for it: the executor
 * calls it, and fails. No field has that name, but an alias may.
 */
export function noPromises(context: ValidationContext): ASTVisitor {
  return {
    Field(node) {
      if (node.alias?.value !== 'then') return
      context.reportError(
        new GraphQLError('No part of an answer can be named "then". Use another alias.', { nodes: node }),
      )
    },
  }
}

/** A subscription is to one field: without it graphql-js fails where it looks for it. The specification has forbidden this since 2025. */
export function noConditionalSubscriptions(context: ValidationContext): ASTVisitor {
  const isConditional = ({ selections }: SelectionSetNode, seen: ReadonlySet<string>): boolean =>
    selections.some((selection) => {
      if (selection.directives?.some(({ name }) => name.value === 'skip' || name.value === 'include')) return true
      if (selection.kind === 'Field') return false
      if (selection.kind === 'InlineFragment') return isConditional(selection.selectionSet, seen)
      const { value: name } = selection.name
      const fragment = context.getFragment(name)
      return fragment != null && !seen.has(name) && isConditional(fragment.selectionSet, new Set([...seen, name]))
    })
  return {
    OperationDefinition(node) {
      if (node.operation !== OperationTypeNode.SUBSCRIPTION || !isConditional(node.selectionSet, new Set())) return
      const message = 'What a subscription is to cannot depend on @skip or @include. Use them further inside.'
      context.reportError(new GraphQLError(message, { nodes: node }))
    },
  }
}

/** Refuses valid documents that cannot be answered. */
export const answerableDocuments: Plugin<Context> = {
  onValidate({ addValidationRule }) {
    addValidationRule(noPromises)
    addValidationRule(noConditionalSubscriptions)
  },
}
