import {
  BREAK,
  execute,
  getOperationAST,
  GraphQLError,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql'
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit'
import type { Context } from '../../schema/context.ts'
import { checkVariables, type CheckedVariables } from './variables.ts'

export type Execution = ExecutionResult | Promise<ExecutionResult>
export type Interpret = (args: ExecutionArgs) => Execution

/**
 * Compiling takes some milliseconds, as long as executing hundreds of times: only what is asked again and again is worth it, such as what
 * agents send and are sent. What is asked a few times, or differently each time, is never compiled. See docs/decisions/0011.
 */
const executionsBeforeCompiling = 100

interface Operation {
  executions: number
  /** Null while it is not compiled, or where it cannot be. */
  compiled: CompiledQuery | null
}

/** Yoga keeps documents: who sends the same text again has the same nodes. */
const operations = new WeakMap<OperationDefinitionNode, Operation>()

/**
 * Executes an operation as `interpret` would: compiled, if it is asked often. An interpreter walks the document and the schema anew for each
 * field of each item of each list; for a list of assignments that took ten times as long as what graphql-jit makes of it. Variables that
 * have to be converted are left to the interpreter: graphql-jit takes an empty list for an object, for one.
 */
export function executeCompiled(
  args: ExecutionArgs,
  interpret: Interpret = execute,
  variables: CheckedVariables['kind'] = checkVariables(args).kind,
): Execution {
  const compiled = variables === 'plain' ? compiledOf(args) : null
  const { account } = (args.contextValue ?? {}) as Partial<Context>
  // What is compiled knows no lists that come entry by entry.
  if (account) account.isSpread = compiled === null
  if (compiled === null) return interpret(args)
  const result = compiled.query(args.rootValue, args.contextValue, args.variableValues) as Execution
  return result instanceof Promise ? result.then(withErrors) : hasStarted(result) ? withErrors(result) : interpret(args)
}

function compiledOf({ schema, document, operationName }: ExecutionArgs): CompiledQuery | null {
  const node = getOperationAST(document, operationName)
  if (node == null) return null
  const operation = operations.get(node) ?? { executions: 0, compiled: null }
  operations.set(node, operation)
  const isCompilable = () => !namesPrototype(document) && !hasMeasuredList(schema, document, node)
  if (++operation.executions === executionsBeforeCompiling && isCompilable()) {
    const compiled = compileQuery(schema, document, operationName ?? undefined)
    if (isCompiledQuery(compiled)) operation.compiled = compiled
  }
  return operation.compiled
}

/** In the source that graphql-jit writes, `__proto__` is no name like any other. */
function namesPrototype(document: DocumentNode): boolean {
  let found = false
  visit(document, {
    Name({ value }) {
      if (value !== '__proto__') return undefined
      found = true
      return BREAK
    },
  })
  return found
}

/**
 * Whether it may ask for a list of thousands at once, which the interpreter resolves in turns with everything else. Events of a
 * subscription come in parts by themselves.
 */
function hasMeasuredList(schema: GraphQLSchema, document: DocumentNode, node: OperationDefinitionNode): boolean {
  const types = new TypeInfo(schema)
  let isFound = false
  const enter = () => {
    const isEvent = node.operation === 'subscription' && types.getParentType() === schema.getSubscriptionType()
    isFound ||= !isEvent && types.getFieldDef()?.extensions['isMeasured'] === true
  }
  visit(document, visitWithTypeInfo(types, { Field: { enter } }))
  return isFound
}

/** Without, its variables were refused, and the interpreter has more to say of what is wrong with them. */
const hasStarted = (result: ExecutionResult): boolean => result.data !== undefined

/** Errors in the form that graphql-js gives them. */
function withErrors(result: ExecutionResult): ExecutionResult {
  return result.errors ? { ...result, errors: result.errors.map(toGraphQLError) } : result
}

function toGraphQLError({ message, locations, path, originalError, extensions }: GraphQLError): GraphQLError {
  const error = new GraphQLError(message, { path, originalError, extensions })
  return Object.assign(error, { locations })
}
