import { GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Context } from '../../schema/context.ts'
import type { TransportLimits } from '../limits.ts'
import { withCode } from './given-codes.ts'

/** An error as it is told: with a code, and short, for most quote what is wrong, however long it is. */
export function told(given: GraphQLError, { errorCharacters }: Pick<TransportLimits, 'errorCharacters'>) {
  const error = withCode(given)
  const { message, nodes, source, positions, path, originalError, extensions } = error
  if (message.length <= errorCharacters) return error
  const short = `${message.slice(0, errorCharacters).toWellFormed()}…`
  return new GraphQLError(short, {
    nodes: nodes ?? null,
    source,
    positions,
    path,
    originalError,
    extensions,
  })
}

/** Over HTTP; for a socket's see websocket.ts. */
export function toldErrors(limits: TransportLimits): Plugin<Context> {
  return {
    onResultProcess({ result, setResult }) {
      if (!('errors' in result) || result.errors === undefined) return
      setResult({ ...result, errors: result.errors.map((error) => told(error, limits)) })
    },
  }
}
