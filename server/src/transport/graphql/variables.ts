import { getOperationAST, getVariableValues, type ExecutionArgs, type GraphQLError } from 'graphql'
import { withCode } from './given-codes.ts'
import { hasPlainVariables } from './plain-variables.ts'

/** Each quotes all that a variable holds. */
const maxErrors = 3

/** More than any value that is refused for what it is: a text may have any length. */
const maxQuoted = 1_000

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
  const quotable = shortened(variableValues ?? {}) as Record<string, unknown>
  const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], quotable, { maxErrors })
  return errors
    ? { kind: 'refused', errors: errors.map((error) => withCode(error, 'INVALID_INPUT')) }
    : { kind: 'convertible' }
}

/** The same value with its texts cut: in error messages, and in the search for what may have been meant, a long one takes 50 ms. */
function shortened(value: unknown): unknown {
  if (typeof value === 'string') return value.slice(0, maxQuoted)
  if (Array.isArray(value)) return value.map(shortened)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, shortened(field)]))
}
