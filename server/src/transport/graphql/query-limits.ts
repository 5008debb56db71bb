import { maxAliasesPlugin } from '@escape.tech/graphql-armor-max-aliases'
import { maxDepthPlugin } from '@escape.tech/graphql-armor-max-depth'
import { maxTokensPlugin } from '@escape.tech/graphql-armor-max-tokens'
import type { GraphQLError, ValidationContext } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { tooLarge } from './document-bounds.ts'
import type { TransportLimits } from '../limits.ts'

/** Refuses documents that are too deep, have too many aliases or are too long. Holds for HTTP and sockets, as both use Yoga's parsing. */
export function queryLimits({ depth, aliases, tokens }: TransportLimits): Plugin[] {
  return [
    maxTokensPlugin({
      n: tokens,
      propagateOnRejection: false,
      onReject: [(_, error) => raise(concerning(error))],
    }) as Plugin,
    maxDepthPlugin({ n: depth, flattenFragments: true, ...reported }) as Plugin,
    // Without an empty list, aliases of __typename would not count.
    maxAliasesPlugin({ n: aliases, allowList: [], ...reported }) as Plugin,
  ]
}

/** An error reported is kept with the document in the validation cache and answered as one; a thrown one would be neither. */
const reported = {
  propagateOnRejection: false,
  onReject: [(context: ValidationContext | null, error: GraphQLError) => context?.reportError(concerning(error))],
}

const concerning = ({ message }: GraphQLError) => tooLarge(message.replace(/^Syntax Error: /, ''))

function raise(error: GraphQLError): never {
  throw error
}
