import type { DocumentNode } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { rateLimitedError } from '../../schema/cost/cost-errors.ts'
import type { Context } from '../../schema/context.ts'
import { accountableFor } from '../../use-cases/accounts/accountable.ts'
import type { Services } from '../../use-cases/services.ts'
import { clientAddress } from '../client/forwarded.ts'
import { actorOf, type Arrival } from './arrival.ts'

/**
 * To parse and validate a document that nobody has sent lately takes some milliseconds, and anyone may send a new one each time: clients take turns
 * at it (over a socket `prepareOperation` sees to that), and whoever has had their time is refused. Of documents that are known neither holds. Agents
 * are let through: all else waits for what they do.
 */
export function accountedDocuments(
  { processor, environment }: Pick<Services, 'processor' | 'environment'>,
  parsed: { get(text: string): DocumentNode | undefined },
): Plugin<Context> {
  const validated = new WeakSet<DocumentNode>()

  function isKnown(text: string): boolean {
    const document = parsed.get(text)
    return document !== undefined && validated.has(document)
  }

  /** Who has to answer for a document; null where nobody has. */
  function clientOf(arrival: Arrival): string | null {
    const actor = actorOf(arrival)
    if (actor.kind === 'agent') return null
    if (arrival.context) return arrival.context.account.client
    return accountableFor(actor, clientAddress(arrival.req, environment.TRUSTED_PROXIES))
  }

  function admit(client: string): void {
    const refusal = processor.refusal(client)
    if (refusal) throw rateLimitedError(refusal)
  }

  return {
    onParams({ params: { query }, context, paramsHandler, setParamsHandler }) {
      if (typeof query !== 'string' || isKnown(query)) return
      const client = clientOf(context as unknown as Arrival)
      if (client === null) return
      // Who is refused does not stand in line for it.
      admit(client)
      setParamsHandler(async (given) => processor.run(client, () => paramsHandler(given)))
    },
    // Thrown here the refusal is not kept with the document.
    onParse({ params: { source }, context }) {
      if (isKnown(source.toString())) return
      const client = clientOf(context as unknown as Arrival)
      if (client !== null) admit(client)
    },
    onValidate({ params: { documentAST } }) {
      return () => void validated.add(documentAST)
    },
  }
}
