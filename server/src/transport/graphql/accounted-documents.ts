import type { parse, validate } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { IncomingMessage } from 'node:http'
import { rateLimitedError } from '../../schema/cost/cost-errors.ts'
import type { Context } from '../../schema/context.ts'
import { accountableFor } from '../../use-cases/accounts/accountable.ts'
import type { Services } from '../../use-cases/services.ts'
import type { Caller } from '../client/caller.ts'
import { clientAddress } from '../client/forwarded.ts'

/** What an operation comes with before it has a context over HTTP. */
type Arrival =
  { readonly context: Context } | { readonly context?: never; readonly req: IncomingMessage; readonly caller: Caller }

type InitialisedYoga = Parameters<NonNullable<Plugin['onYogaInit']>>[0]['yoga']

/**
 * To read a document that nobody has sent lately takes a millisecond or more, and anyone may send a new one each time: over HTTP clients take turns
 * at it, and whoever has had their time is refused. Of documents that are known neither holds, so that a page is signed in also beside a neighbour
 * who sends thousands. Agents are let through: all else waits for what they do.
 *
 * @param known parsed documents by their texts
 */
export function accountedDocuments(
  { processor, environment }: Pick<Services, 'processor' | 'environment'>,
  known: { get(text: string): unknown },
): Plugin<Context> {
  let yoga: InitialisedYoga | undefined
  const senderOf = (arrival: Arrival) => {
    if (arrival.context) return { actor: arrival.context.actor, client: arrival.context.account.client }
    const { actor } = arrival.caller
    return { actor, client: accountableFor(actor, clientAddress(arrival.req, environment.TRUSTED_PROXIES)) }
  }

  /** What it finds is kept, and found again at once when the operation is prepared. @param initial as Yoga begins with it */
  function read(text: string, initial: object): void {
    const { schema, parse, validate } = yoga?.getEnveloped(initial) ?? {}
    try {
      validate?.(schema, parse?.(text))
    } catch {
      // Thrown again when the operation is prepared.
    }
  }

  return {
    onYogaInit(event) {
      yoga = event.yoga
    },
    onParams({ params, request, context }) {
      const { query } = params
      if (typeof query !== 'string' || known.get(query) !== undefined) return undefined
      const { actor, client } = senderOf(context as unknown as Arrival)
      return actor.kind === 'agent'
        ? undefined
        : processor.run(client, () => read(query, { ...context, request, params }))
    },
    // Thrown here the refusal is not kept with the document.
    onParse({ params: { source }, context, parseFn, setParseFn }) {
      if (known.get(source.toString()) !== undefined) return
      const { actor, client } = senderOf(context as unknown as Arrival)
      const refusal = actor.kind === 'agent' ? undefined : processor.refusal(client)
      if (refusal) throw rateLimitedError(refusal)
      setParseFn(((...given: Parameters<typeof parse>) =>
        processor.measure(client, () => (parseFn as typeof parse)(...given))) as typeof parse)
    },
    onValidate({ context, validateFn, setValidationFn }) {
      // Called for documents that are not known yet.
      const { client } = senderOf(context as unknown as Arrival)
      setValidationFn(((...given: Parameters<typeof validate>) =>
        processor.measure(client, () => (validateFn as typeof validate)(...given))) as typeof validate)
    },
  }
}
