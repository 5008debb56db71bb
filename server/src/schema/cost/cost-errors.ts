import { GraphQLError } from 'graphql'
import type { RateLimitedError } from '../../domain/failure.ts'

const count = (value: number) => Math.ceil(value).toLocaleString('en')

/** What an operation would cost is known no further than to where it was ended. */
export const tooExpensive = (requested: number, limit: number) =>
  new GraphQLError(
    `This asks for too much at once: it costs ${count(requested)} or more, and at most ${count(limit)} are allowed. Ask for fewer entries or fields, or for the rest in another request.`,
    { extensions: { code: 'QUERY_TOO_EXPENSIVE', cost: { requested, limit }, http: { status: 400 } } },
  )

export const answerTooLarge = (limit: number) =>
  new GraphQLError(
    `The answer is too large: its sources, numbers and plans have more than ${count(limit)} characters. Ask for fewer of them at once, or for numbers by \`decimal\`.`,
    { extensions: { code: 'ANSWER_TOO_LARGE', characters: { limit }, http: { status: 400 } } },
  )

/** Where no union of results has a place for it. */
export const rateLimitedError = ({ code, message, retryAfterSeconds }: RateLimitedError) =>
  new GraphQLError(message, {
    extensions: {
      code,
      retryAfterSeconds,
      http: { status: 429, headers: { 'Retry-After': String(retryAfterSeconds) } },
    },
  })
