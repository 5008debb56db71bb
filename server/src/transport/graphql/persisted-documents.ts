import { createHash } from 'node:crypto'
import type { Plugin } from 'graphql-yoga'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import type { Context } from '../../schema/context.ts'
import type { TransportLimits } from '../limits.ts'
import { codedError } from '../../schema/coded-error.ts'
import type { ErrorCode } from '../../domain/error-codes/error-codes.ts'

/** What clients of Apollo's protocol send with a document, and the next time in its place. */
const persisted = z.object({ version: z.literal(1), sha256Hash: z.string().regex(/^[\da-f]{64}$/) })

/** Of all documents that are kept. A full one drops what was not asked for longest, whose client then sends it again. */
const mostDocuments = 2_000
const mostCharacters = 4 * 2 ** 20

/**
 * Automatic persisted queries: a client sends the hash of a document, and the document only where the server does not have it. A document is known by
 * its hash, so it is nobody's, and whoever lets one be kept can show it to none who does not have it. All limits hold as if it had been sent.
 */
export function persistedDocuments(limits: TransportLimits): Plugin<Context> {
  const documents = new LRUCache<string, string>({
    max: mostDocuments,
    maxSize: mostCharacters,
    sizeCalculation: (document) => document.length,
  })
  return {
    onParams({ params, setParams }) {
      const extension = (params.extensions as Readonly<Record<string, unknown>> | undefined)?.['persistedQuery']
      if (extension === undefined || extension === null) return
      const parsed = persisted.safeParse(extension)
      if (!parsed.success) throw refusal(400, 'PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported')
      const { sha256Hash: hash } = parsed.data
      if (params.query === undefined || params.query === '') {
        const document = documents.get(hash)
        if (document === undefined) throw refusal(200, 'PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound')
        return setParams({ ...params, query: document })
      }
      if (params.query.length > limits.documentCharacters) return
      if (createHash('sha256').update(params.query).digest('hex') !== hash)
        throw refusal(400, 'PERSISTED_QUERY_MISMATCH', 'PersistedQueryMismatch')
      documents.set(hash, params.query)
    },
  }
}

/** By the words that clients know. */
const refusal = (status: number, code: ErrorCode, message: string) => codedError(code, message, { http: { status } })
