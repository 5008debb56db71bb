import { print } from 'graphql'
import { sleep, type Clock } from '../clock.ts'
import type { TadaDocumentNode } from '../graphql.ts'
import type { Ids } from '../ids.ts'
import type { ServerAddress } from '../server-address.ts'
import { version } from '../version.ts'
import { readAnswer, readFailure, type Attempt } from './attempt.ts'
import { retryDelayMs } from './backoff.ts'
import { whenNothingIsLeft } from './nothing-left.ts'

export interface Refusal {
  readonly kind: 'refused'
  readonly code: string
  readonly message: string
}

export type Answer<Data> =
  | { readonly kind: 'data'; readonly data: Data }
  /** By an error of GraphQL. What mutations refuse is data. */
  | Refusal
  | { readonly kind: 'unreachable'; readonly message: string }

export interface ApiOptions {
  readonly server: ServerAddress
  readonly token: string | undefined
  readonly clock: Clock
  readonly ids: Ids
  /** Told of each wait. */
  readonly onWait: (message: string, waitMs: number) => void
}

/** Of a request without an answer: then the server, or the way to it, is taken for lost. */
const answerTimeoutMs = 60_000
/** Connections that break before any answer, until what is there is taken for no Reckon server. */
const firstLosses = 3

/**
 * Queries and mutations, over HTTP. A server that answers once is waited for, however long it is away then, or too busy: what is asked here may be
 * asked twice. One that cannot be reached in the first place is most often an address that is wrong.
 */
export class Api {
  readonly #options: ApiOptions
  #isKnown = false
  readonly #closing = new AbortController()

  constructor(options: ApiOptions) {
    this.#options = options
  }

  /** The same server, for somebody else. */
  as(token: string | undefined): Api {
    return new Api({ ...this.#options, token })
  }

  /** What is asked and not answered is given up. */
  close(): void {
    this.#closing.abort()
  }

  async ask<Data, Variables>(
    document: TadaDocumentNode<Data, Variables>,
    variables: Variables,
    { isPatient = true }: { readonly isPatient?: boolean } = {},
  ): Promise<Answer<Data>> {
    const { clock, ids, onWait } = this.#options
    const body = JSON.stringify({ query: print(document as Parameters<typeof print>[0]), variables })
    for (let failures = 1; ; failures += 1) {
      const attempt = await this.#post<Data>(body)
      if (attempt.kind === 'answered') {
        this.#isKnown = true
        return attempt.answer
      }
      const isHopeless = attempt.kind === 'notReached' || (attempt.kind === 'lost' && failures >= firstLosses)
      if (this.#closing.signal.aborted || (isHopeless && !this.#isKnown))
        return { kind: 'unreachable', message: attempt.message }
      if (!isPatient)
        return {
          kind: 'refused',
          code: attempt.kind === 'later' ? attempt.code : 'UNAVAILABLE',
          message: attempt.message,
        }
      const waitMs = attempt.kind === 'later' ? attempt.afterMs : retryDelayMs(failures, ids.random)
      onWait(attempt.message, waitMs)
      await sleep(clock, waitMs, this.#closing.signal)
    }
  }

  async #post<Data>(body: string): Promise<Attempt<Data>> {
    const { server, token } = this.#options
    const nothingLeft = whenNothingIsLeft()
    try {
      const response = await fetch(server.http, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/graphql-response+json, application/json',
          'user-agent': `reckon-cli/${version}`,
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        body,
        // To follow one would turn the POST into a GET, or bring the token to somebody else.
        redirect: 'manual',
        signal: AbortSignal.any([AbortSignal.timeout(answerTimeoutMs), this.#closing.signal, nothingLeft.signal]),
      })
      return readAnswer<Data>(response, await response.text())
    } catch (error) {
      return readFailure(error)
    } finally {
      nothingLeft.stop()
    }
  }
}
