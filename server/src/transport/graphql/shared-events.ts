import { createSourceEventStream, type DocumentNode, type ExecutionArgs } from 'graphql'
import { isAsyncIterable, mapAsyncIterator, type Plugin } from 'graphql-yoga'
import type { Context } from '../../schema/context.ts'
import type { Execution } from './compiled-execution.ts'
import { executeEvent } from './operation-execution.ts'
import { textOf } from './result-texts.ts'
import type { Subscriptions } from './subscriptions.ts'
import { withoutHttp } from '../http/without-http.ts'

/** What was made of an event, by what was asked of it. */
const executions = new WeakMap<object, Map<string, Execution>>()

/** Results that several may be sent, each with its text as soon as somebody has asked for it. */
const texts = new WeakMap<object, string | null>()

const documentIds = new WeakMap<DocumentNode, number>()
let documents = 0

/**
 * Executes an event of a subscription once for all who ask the same of it: the same user, with the same document and variables. A feed
 * gives subscribers that are in step the same list, and Yoga's cache gives the same text the same document; so a thousand open pages
 * on one expression cost a thousand writes and not a thousand executions, nor as many texts: see shared-texts.ts.
 */
export const sharedEvents = (subscriptions: Subscriptions): Plugin<Context> => ({
  onSubscribe({ setSubscribeFn }) {
    setSubscribeFn((args: ExecutionArgs) => subscribe(args, subscriptions))
  },
})

async function subscribe(args: ExecutionArgs, subscriptions: Subscriptions) {
  const source = await createSourceEventStream(args)
  if (!isAsyncIterable(source)) return withoutHttp(source, args.contextValue as Context)
  const question = questionOf(args)
  const subscription = subscriptions.begin(args)
  const onEvent = (event: unknown) => {
    subscription.countPayload()
    return executeOnce(event, question, args)
  }
  return mapAsyncIterator(source, onEvent, undefined, () => subscription.end())
}

function executeOnce(event: unknown, question: string, args: ExecutionArgs): Execution {
  // Other events are for one subscriber alone.
  if (!Array.isArray(event)) return executeEvent(event, args)
  const answers = executions.get(event) ?? new Map<string, Execution>()
  executions.set(event, answers)
  const answer = answers.get(question) ?? share(executeEvent(event, args))
  answers.set(question, answer)
  return answer
}

function share(execution: Execution): Execution {
  if (execution instanceof Promise) return execution.then(share)
  // Errors have yet to be masked, and to be given their form.
  if (execution.errors === undefined) texts.set(execution, null)
  return execution
}

/** The JSON of a result that several may be sent, or of a long one, made once for all; null of any other result. */
export function sharedTextOf(result: object): string | null {
  const made = textOf(result)
  if (made !== undefined) return made
  const known = texts.get(result)
  if (known === undefined) return null
  const text = known ?? JSON.stringify(result)
  if (known === null) texts.set(result, text)
  return text
}

function questionOf({ document, operationName, variableValues, contextValue }: ExecutionArgs): string {
  let documentId = documentIds.get(document)
  if (documentId === undefined) documentIds.set(document, (documentId = ++documents))
  return JSON.stringify([documentId, operationName, variableValues, (contextValue as Context).actor])
}
