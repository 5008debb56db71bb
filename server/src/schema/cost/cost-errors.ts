import type { RateLimitedError } from '../../domain/failure.ts'
import { codedError } from '../coded-error.ts'

const count = (value: number) => Math.ceil(value).toLocaleString('en')

/** What an operation would cost is known no further than to where it was ended. */
export const tooExpensive = (requested: number, limit: number) =>
  codedError(
    'QUERY_TOO_EXPENSIVE',
    `This asks for too much at once: it costs ${count(requested)} or more, and at most ${count(limit)} are allowed. Ask for fewer entries or fields, or for the rest in another request.`,
    { cost: { requested, limit }, http: { status: 400 } },
  )

export const answerTooLarge = (limit: number) =>
  codedError(
    'ANSWER_TOO_LARGE',
    `The answer is too large: its sources, numbers and plans have more than ${count(limit)} characters. Ask for fewer of them at once, or for numbers by \`decimal\`.`,
    { characters: { limit }, http: { status: 400 } },
  )

/** Where no union of results has a place for it. */
export const rateLimitedError = ({ code, message, retryAfterSeconds }: RateLimitedError) =>
  codedError(code, message, {
    retryAfterSeconds,
    http: { status: 429, headers: { 'Retry-After': String(retryAfterSeconds) } },
  })
