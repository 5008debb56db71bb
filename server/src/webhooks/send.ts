import { request as requestPlain, type ClientRequest, type IncomingMessage } from 'node:http'
import { request as requestEncrypted } from 'node:https'
import type { BlockList } from 'node:net'
import { checkAddresses, guardedLookup, literalAddress, RefusedAddressError } from './guarded-lookup.ts'

export interface Sending {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface SendOptions {
  readonly allowed: BlockList
  /** From the look-up of the name to the end of the answer, or of as much of it as is read. */
  readonly timeoutMs: number
}

/** What became of an attempt. */
export type Answer =
  | { readonly kind: 'answered'; readonly status: number; readonly text: string }
  /** Nothing was answered that could be read. */
  | { readonly kind: 'unanswered'; readonly problem: string }

/** Of an answer no more is read. */
export const maxAnswerLength = 1_024

/**
 * Posts a body to an address that somebody chose whom one need not trust: a private one is refused, no redirect is followed, the time and what is
 * read of the answer are bounded. Each time by a connection of its own, so that each time its address is looked at. Never throws.
 */
export async function send({ url, headers, body }: Sending, { allowed, timeoutMs }: SendOptions): Promise<Answer> {
  const target = new URL(url)
  const isEncrypted = target.protocol === 'https:'
  const guard = { allowed, isEncrypted }
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const literal = literalAddress(target)
    if (literal !== null) checkAddresses([literal], guard)
    const request = (isEncrypted ? requestEncrypted : requestPlain)(target, {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      lookup: guardedLookup(guard),
      agent: false,
      signal,
    })
    try {
      const response = await answerTo(request, body)
      return { kind: 'answered', status: response.statusCode ?? 0, text: await beginningOf(response) }
    } finally {
      request.destroy()
    }
  } catch (error) {
    return {
      kind: 'unanswered',
      problem: signal.aborted ? `No answer within ${timeoutMs / 1_000} s.` : wordsFor(error),
    }
  }
}

const answerTo = (request: ClientRequest, body: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    request.once('response', resolve)
    // It may come again, when the request is given up.
    request.on('error', reject)
    // An upgrade that nobody asked for.
    request.once('close', () => reject(new Error('The connection was closed.')))
    request.end(body)
  })

/** An answer that breaks off was an answer all the same. */
async function beginningOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      length += chunk.length
      if (length >= maxAnswerLength) break
    }
  } catch {
    response.destroy()
  }
  return Buffer.concat(chunks).subarray(0, maxAnswerLength).toString('utf8')
}

function wordsFor(error: unknown): string {
  if (error instanceof RefusedAddressError) return error.message
  const { code, message } = error as NodeJS.ErrnoException
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'Its name leads to no address.'
    case 'ECONNREFUSED':
      return 'Nobody listens at its address.'
    case 'ECONNRESET':
    case 'EPIPE':
      return 'The connection was broken off.'
    default:
      return `It could not be reached: ${code ?? message}`.slice(0, 200)
  }
}
