import {
  isIntrospectionType,
  type ASTVisitor,
  type FieldNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Context } from '../../schema/context.ts'
import { tooLarge } from './document-bounds.ts'

/** How often a document may ask for the whole schema, and for a type by its name. */
const maxSchemas = 1
const maxTypes = 5

/** Fields of introspection that lead from a type to others, and those with what a type consists of. */
const references: ReadonlySet<string> = new Set(['type', 'ofType', 'interfaces', 'possibleTypes'])
const parts: ReadonlySet<string> = new Set(['fields', 'inputFields', 'enumValues', 'interfaces', 'possibleTypes'])

/**
 * To tell the whole schema takes 10 milliseconds, and anyone may ask: once a document, nothing of it under several names, and of the types
 * that a type refers to only what they are called. No tool that reads schemas asks for more.
 */
function introspectionRule(context: ValidationContext): ASTVisitor {
  const asked = { __schema: 0, __type: 0 }

  function checkRoot(name: string) {
    if (name !== '__schema' && name !== '__type') return
    asked[name]++
    if (asked.__schema > maxSchemas || asked.__type > maxTypes)
      context.reportError(tooLarge(`Ask for __schema at most ${maxSchemas}, for __type at most ${maxTypes} times.`))
  }

  return {
    Field(node) {
      const parent = context.getParentType()
      if (!parent || !isIntrospectionType(parent)) return checkRoot(node.name.value)
      if (node.alias) context.reportError(tooLarge('Introspection takes no aliases.'))
      if (references.has(node.name.value) && selectsParts(node, context))
        context.reportError(tooLarge(`Of what "${node.name.value}" refers to, only names can be asked for.`))
    },
  }
}

function selectsParts({ selectionSet }: FieldNode, context: ValidationContext): boolean {
  const seen = new Set<FragmentDefinitionNode>()
  const search = (selections: SelectionSetNode | undefined): boolean =>
    selections?.selections.some((selection) => {
      if (selection.kind === 'Field') return parts.has(selection.name.value) || search(selection.selectionSet)
      if (selection.kind === 'InlineFragment') return search(selection.selectionSet)
      const fragment = context.getFragment(selection.name.value)
      if (!fragment || seen.has(fragment)) return false
      seen.add(fragment)
      return search(fragment.selectionSet)
    }) ?? false
  return search(selectionSet)
}

export const introspectionLimits: Plugin<Context> = {
  onValidate({ addValidationRule }) {
    addValidationRule(introspectionRule)
  },
}
