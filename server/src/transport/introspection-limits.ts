import { isIntrospectionType, type ASTVisitor, type ValidationContext } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Context } from '../schema/context.ts'
import { tooLarge } from './document-bounds.ts'

/** How often a document may ask for the whole schema, and for a type by its name. */
const maxSchemas = 1
const maxTypes = 5

/**
 * The whole schema takes 10 milliseconds to tell, and anyone may ask: once a document, and nothing of it twice under several names. No tool
 * that reads schemas does.
 */
function introspectionRule(context: ValidationContext): ASTVisitor {
  const asked = { __schema: 0, __type: 0 }
  return {
    Field(node) {
      const parent = context.getParentType()
      if (parent && isIntrospectionType(parent)) {
        if (node.alias) context.reportError(tooLarge('Introspection takes no aliases.'))
        return
      }
      const name = node.name.value
      if (name !== '__schema' && name !== '__type') return
      asked[name]++
      if (asked.__schema > maxSchemas || asked.__type > maxTypes)
        context.reportError(tooLarge(`Ask for __schema at most ${maxSchemas}, for __type at most ${maxTypes} times.`))
    },
  }
}

export const introspectionLimits: Plugin<Context> = {
  onValidate({ addValidationRule }) {
    addValidationRule(introspectionRule)
  },
}
