import { getOperationAST, getVariableValues, type ExecutionArgs, type GraphQLError } from 'graphql'
import { hasPlainVariables } from './plain-variables.ts'

/** Each quotes all that a variable holds. */
const maxErrors = 3

export type CheckedVariables =
  /** Given just as their types are written. */
  | { readonly kind: 'plain' }
  /** To be converted, such as an item where a list is expected. */
  | { readonly kind: 'convertible' }
  | { readonly kind: 'refused'; readonly errors: readonly GraphQLError[] }

/**
 * Checks the variables of an operation before it is executed. An executor would too, and go on to the fiftieth error: with an object of a
 * megabyte that took six seconds and made an answer of 35 MB.
 */
export function checkVariables({ schema, document, operationName, variableValues }: ExecutionArgs): CheckedVariables {
  const operation = getOperationAST(document, operationName)
  // The executor tells what is wrong.
  if (operation == null) return { kind: 'convertible' }
  if (hasPlainVariables(schema, operation, variableValues)) return { kind: 'plain' }
  const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variableValues ?? {}, { maxErrors })
  return errors ? { kind: 'refused', errors } : { kind: 'convertible' }
}
