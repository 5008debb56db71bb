import {
  BREAK,
  execute,
  getOperationAST,
  GraphQLError,
  visit,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type OperationDefinitionNode,
} from 'graphql'
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit'
import type { Plugin } from 'graphql-yoga'
import type { Context } from '../schema/context.ts'
import { checkVariables } from './variables.ts'

export type Execution = ExecutionResult | Promise<ExecutionResult>
type Interpret = (args: ExecutionArgs) => Execution

/**
 * Compiling takes some milliseconds, as long as executing hundreds of times: only what is asked again and again is worth it, such as what
 * agents send and are sent. What is asked a few times, or differently each time, is never compiled.
 */
const executionsBeforeCompiling = 100

interface Operation {
  executions: number
  /** Null while it is not compiled, or where it cannot be. */
  compiled: CompiledQuery | null
}

/** Yoga keeps documents: who sends the same text again has the same nodes. */
const operations = new WeakMap<OperationDefinitionNode, Operation>()

/** Checks variables, and executes by functions made for the document, once it has been asked often; see `executeCompiled`. */
export const compiledExecution: Plugin<Context> = {
  onExecute({ args, executeFn, setExecuteFn, setResultAndStopExecution }) {
    const variables = checkVariables(args)
    if (variables.kind === 'refused') setResultAndStopExecution({ errors: variables.errors })
    else if (variables.kind === 'plain')
      setExecuteFn((given: ExecutionArgs) => executePlain(given, executeFn as Interpret))
  },
  onSubscribe({ args, setResultAndStopExecution }) {
    const variables = checkVariables(args)
    if (variables.kind === 'refused') setResultAndStopExecution({ errors: variables.errors })
  },
}

/**
 * Executes an operation as `interpret` would: compiled, if it is asked often. An interpreter walks the document and the schema anew for each
 * field of each item of each list; for a list of assignments that took ten times as long as what graphql-jit makes of it. Variables that
 * have to be converted are left to the interpreter: graphql-jit takes an empty list for an object, for one.
 */
export function executeCompiled(args: ExecutionArgs, interpret: Interpret = execute): Execution {
  return checkVariables(args).kind === 'plain' ? executePlain(args, interpret) : interpret(args)
}

function executePlain(args: ExecutionArgs, interpret: Interpret): Execution {
  const compiled = compiledOf(args)
  if (compiled === null) return interpret(args)
  const result = compiled.query(args.rootValue, args.contextValue, args.variableValues) as Execution
  return result instanceof Promise ? result.then(withErrors) : hasStarted(result) ? withErrors(result) : interpret(args)
}

function compiledOf({ schema, document, operationName }: ExecutionArgs): CompiledQuery | null {
  const node = getOperationAST(document, operationName)
  if (node == null) return null
  const operation = operations.get(node) ?? { executions: 0, compiled: null }
  operations.set(node, operation)
  if (++operation.executions === executionsBeforeCompiling && !namesPrototype(document)) {
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
