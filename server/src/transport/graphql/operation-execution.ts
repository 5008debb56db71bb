import { getOperationAST, type ExecutionArgs, type ExecutionResult } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { isStranger } from '../../domain/actor.ts'
import type { Context } from '../../schema/context.ts'
import { rateLimitedError } from '../../schema/cost/cost-errors.ts'
import type { OperationAccount } from '../../schema/cost/operation-account.ts'
import { executeCompiled, type Execution, type Interpret } from './compiled-execution.ts'
import { noteRequest } from './errors-of-requests.ts'
import { keepText } from './result-texts.ts'
import { slicedJson } from '../http/sliced-json.ts'
import { checkVariables, type CheckedVariables } from './variables.ts'
import { withoutHttp } from '../http/without-http.ts'

/** Making the text of an answer that costs more than this takes some milliseconds. */
const longAnswerCost = 2_000

/** So many entries of an event are resolved before the time is looked at. */
const partSize = 50

/** Checks variables, and executes queries and mutations; see `executeAccounted`. */
export const accountedExecution: Plugin<Context> = {
  onExecute({ args, executeFn, setExecuteFn, setResultAndStopExecution }) {
    const variables = checkVariables(args)
    if (variables.kind === 'refused') return setResultAndStopExecution({ errors: variables.errors })
    setExecuteFn((given: ExecutionArgs) => executeAccounted(given, executeFn as Interpret, variables.kind))
  },
  onSubscribe({ args, setResultAndStopExecution }) {
    const variables = checkVariables(args)
    if (variables.kind === 'refused') setResultAndStopExecution({ errors: variables.errors })
  },
}

/** An operation on its client's account: at the limit nothing is left of it but the error that tells of the limit. */
export function executeAccounted(
  args: ExecutionArgs,
  interpret?: Interpret,
  variables?: CheckedVariables['kind'],
): Execution {
  const { account, actor } = args.contextValue as Context
  const execute = () => executeCompiled(args, interpret, variables)
  const isQuery = getOperationAST(args.document, args.operationName)?.operation === 'query'
  // Users are refused by what they ask for, so that a union of results can say so; of others this is all that can be read.
  const refusal = isQuery && isStranger(actor) ? account.refusal() : undefined
  if (refusal) return withoutHttp({ errors: [rateLimitedError(refusal)] }, args.contextValue as Context)
  return settled(isQuery ? account.measure(execute) : execute(), args)
}

/** An event of a subscription, on the account of who watches. A long one is executed in parts, in turns with everything else. */
export function executeEvent(event: unknown, args: ExecutionArgs): Execution {
  const { account, actor } = args.contextValue as Context
  account.begin(Array.isArray(event) ? event.length : 1)
  const execute = () => executeCompiled({ ...args, rootValue: event })
  // What agents are sent is what everything else waits for.
  if (actor.kind === 'agent') return settled(execute(), args)
  if (!Array.isArray(event) || event.length <= partSize) return settled(executeShort(account, execute), args)
  account.isSpread = true
  return settled(executeParts(event, args), args)
}

/** Of a hundred that come at once each may take a millisecond or two, so that they too come in turns with everything else. */
function executeShort(account: OperationAccount, execute: () => Execution): Execution {
  const result = account.refusal() === undefined ? account.runShort(execute) : whenAdmitted(account, execute)
  return result as Execution
}

async function whenAdmitted(account: OperationAccount, execute: () => Execution): Promise<ExecutionResult> {
  await account.whenAdmitted()
  return account.runShort(execute)
}

async function executeParts(entries: readonly unknown[], args: ExecutionArgs): Promise<ExecutionResult> {
  const { account } = args.contextValue as Context
  const lists = new Map<string, unknown[]>()
  await account.whenAdmitted()
  for (let place = 0; place < entries.length; place += partSize) {
    const part = entries.slice(place, place + partSize)
    const result = await account.run(() => executeCompiled({ ...args, rootValue: part }))
    if (result.errors || !result.data) return result
    for (const [key, list] of Object.entries(result.data)) {
      const known = lists.get(key)
      if (known) known.push(...(list as unknown[]))
      else lists.set(key, list as unknown[])
    }
  }
  return { data: Object.fromEntries(lists) }
}

function settled(result: Execution, args: ExecutionArgs): Execution {
  if (!(result instanceof Promise)) return settle(result, args)
  const { account } = args.contextValue as Context
  const settling = result.then((value) => settle(value, args))
  // What is compiled has no list that stops on its way.
  return account.isSpread ? Promise.race([settling, account.whenFailed().then(() => settle({}, args))]) : settling
}

function settle(result: ExecutionResult, args: ExecutionArgs): Execution {
  const { account, actor, connection, requestId } = args.contextValue as Context
  noteRequest(result.errors, requestId)
  if (account.failure) return withoutHttp({ data: null, errors: [account.failure] }, args.contextValue as Context)
  const answer = connection === null && actor.kind === 'user' ? withCost(result, account) : result
  if (account.cost < longAnswerCost || answer.errors) return answer
  return slicedJson(answer, account).then((text) => keepText(answer, text))
}

/** Over HTTP who is signed in is told what it cost. Over a socket messages are many, and texts shared. */
function withCost(result: ExecutionResult, { cost, limit }: OperationAccount): ExecutionResult {
  return { ...result, extensions: { ...result.extensions, cost: { actual: Math.round(cost), limit } } }
}
