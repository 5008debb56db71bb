import { GraphQLError, type ExecutionArgs } from 'graphql'
import type { SubscribePayload } from 'graphql-ws'
import type { Context } from '../../schema/context.ts'
import { OperationAccount } from '../../schema/cost/operation-account.ts'
import type { Services } from '../../use-cases/services.ts'
import { servicesOfTrace } from '../../use-cases/services-of-request.ts'
import type { SocketConnection } from './socket-connection.ts'
import type { Yoga } from '../graphql/yoga.ts'
import { codedError } from '../../schema/coded-error.ts'

/** What graphql-ws is to execute. `execute` and `subscribe` are Yoga's, with the plugins that hold for this operation. */
export interface PreparedOperation extends ExecutionArgs {
  readonly execute: (args: ExecutionArgs) => unknown
  readonly subscribe: (args: ExecutionArgs) => unknown
}

/** Parses and validates an operation that came on a socket, with Yoga's caches and limits, and gives it a context of its own. */
export async function prepareOperation(
  yoga: Yoga,
  services: Services,
  connection: SocketConnection,
  { query, operationName, variables, extensions }: SubscribePayload,
): Promise<PreparedOperation | GraphQLError[]> {
  const { actor, address } = connection
  const account = new OperationAccount(services, actor, address)
  const traced = servicesOfTrace(services, extensions?.['traceparent'] ?? connection.traceparent)
  const cookies = { refreshCookie: null, deviceCookie: null }
  const context: Context = { actor, address, connection, requestId: null, ...cookies, account, services: traced }
  const { schema, parse, validate, contextFactory, execute, subscribe } = yoga.getEnveloped({ context })
  const read = () => {
    const document = parse(query)
    return { document, errors: validate(schema, document) }
  }
  try {
    // What agents do is what everything else waits for.
    const { document, errors } =
      actor.kind === 'agent' ? read() : await services.processor.runShort(account.client, read)
    if (errors.length > 0) return [...errors]
    return {
      schema,
      document,
      operationName: operationName ?? null,
      variableValues: variables ?? null,
      contextValue: await contextFactory(),
      execute,
      subscribe,
    }
  } catch (error) {
    if (error instanceof GraphQLError) return [error]
    throw error
  }
}

export const tooManyOperations = (limit: number) =>
  codedError('TOO_MANY_OPERATIONS', `At most ${limit} operations may run at once on a socket. Complete one first.`)
