import type { RestFailure } from './failure.ts'
import type { Held } from './held.ts'

export type Headers = Readonly<Record<string, string>>

/** An event of a stream, as EventSource reads it. */
export interface ServerEvent {
  readonly event: string
  /** What `Last-Event-ID` names when the client comes back. */
  readonly id?: string
  readonly data: string
}

interface TextAnswer {
  readonly kind: 'text'
  readonly status: number
  readonly text: string
  /** By default plain text. */
  readonly type?: string
  readonly headers?: Headers
}

/** How a route answers, before anything of HTTP is written. */
export type Answer =
  | { readonly kind: 'json'; readonly status: number; readonly body: object; readonly headers?: Headers }
  | TextAnswer
  | { readonly kind: 'empty'; readonly status: number; readonly headers?: Headers }
  | { readonly kind: 'problem'; readonly failure: RestFailure; readonly source?: string; readonly headers?: Headers }
  | { readonly kind: 'events'; readonly held: Held; readonly events: AsyncIterableIterator<ServerEvent, undefined> }

export const json = (status: number, body: object, headers: Headers = {}): Answer => ({
  kind: 'json',
  status,
  body,
  headers,
})

/** The text that is sent. It ends its line, so that what a terminal shows next stands on its own. */
export const inText = ({ status, body, headers = {} }: Extract<Answer, { kind: 'json' }>): TextAnswer => ({
  ...{ kind: 'text', status, headers, type: 'application/json' },
  text: `${JSON.stringify(body)}\n`,
})

export const empty = (status: number, headers: Headers = {}): Answer => ({ kind: 'empty', status, headers })

/** @param source in which a position of the failure is */
export const refused = (failure: RestFailure, source?: string): Answer => ({
  kind: 'problem',
  failure,
  ...(source !== undefined && { source }),
})
