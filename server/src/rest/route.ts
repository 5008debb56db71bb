import type { IncomingHttpHeaders } from 'node:http'
import type { z } from 'zod'
import type { Actor } from '../domain/actor.ts'
import type { AuthScopes } from '../use-cases/accounts/admission.ts'
import type { ClientState } from '../use-cases/accounts/client-state.ts'
import type { Answer } from './answer.ts'
import type { Held, HoldRefusal } from './held.ts'

/** A request as a route sees it: who sends it, and what it holds, checked. */
export interface Call<Query = unknown, Body = unknown> extends ClientState {
  readonly actor: Actor
  /** What stands for `{name}` in the path. */
  readonly params: Readonly<Record<string, string>>
  readonly query: Query
  readonly body: Body
  readonly headers: IncomingHttpHeaders
  /** The address of the API as the client wrote it: `/api/v1`. */
  readonly base: string
  /** Keeps the request open, where the limits allow one more. */
  hold(): Promise<Held | HoldRefusal>
}

/** A header that a route reads, or a part of its path, for the document. */
export interface DocumentedParameter {
  readonly name: string
  readonly in: 'header' | 'path'
  readonly description: string
}

/** What an answer holds, for the document; without a schema nothing. */
export interface DocumentedAnswer {
  readonly description: string
  readonly schema?: z.ZodType
  /** By default JSON. */
  readonly mediaType?: string
  /** The result alone, for those who ask for `text/plain`. */
  readonly isAlsoText?: boolean
  readonly headers?: readonly (keyof typeof documentedHeaders)[]
}

export const documentedHeaders = {
  Link: 'The next page, as `rel="next"`, where there is one.',
  Location: 'Where the expression is.',
  'Preference-Applied': 'Which wait was granted.',
} as const

interface RouteOptions<Query extends z.ZodType, Body extends z.ZodType> {
  /** The name of the operation in the document. */
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Below `/api/v1`. */
  readonly path: string
  readonly scope: Exclude<keyof AuthScopes, 'agent'>
  readonly summary: string
  readonly description?: string
  readonly parameters?: readonly DocumentedParameter[]
  readonly query?: Query
  /** Of a request with a body. */
  readonly body?: Body
  /** Whether a body of `text/plain` may be sent too, and what it then stands for. */
  readonly textBody?: (text: string) => z.input<Body>
  readonly answers: Readonly<Record<number, DocumentedAnswer>>
  /** Codes of the problems that this route answers with, besides those of every route, by status. */
  readonly problems?: Readonly<Record<number, string>>
  readonly handle: (call: Call<z.output<Query>, z.output<Body>>) => Promise<Answer> | Answer
}

export type Route = RouteOptions<z.ZodType, z.ZodType>

/** A route of the table: the router, the checks and the document are made of it. */
export const route = <Query extends z.ZodType, Body extends z.ZodType>(options: RouteOptions<Query, Body>): Route =>
  // It is called with what its own schemas have made.
  options as unknown as Route
