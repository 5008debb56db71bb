import type { ReactNode } from 'react'
import { formatDuration } from '../format/duration.ts'
import { currentLanguage } from '../language/language.ts'
import { told } from '../language/t.ts'

/** What the server tells of an error. */
export interface ServerError {
  readonly message: string
  readonly code?: string | null | undefined
  readonly retryAfterSeconds?: number | undefined
  /** In the source. */
  readonly position?: number | undefined
}

/**
 * A sentence of the server for who reads the page: it speaks English, in other languages the page says by an error's code what it can, and
 * leaves the rest in English, marked as such. See docs/decisions/0035.
 */
export function serverText({ message, code, retryAfterSeconds = 0, position }: ServerError): ReactNode {
  const values = { time: formatDuration(retryAfterSeconds * 1000), place: (position ?? 0) + 1 }
  // Of what is about a place there are two sentences: not all that show it know the place.
  const byCode =
    code != null && ((position !== undefined && told(`code:${code} at`, values)) || told(`code:${code}`, values))
  return byCode || fieldText(message)
}

/** What is wrong with a field, which has no code: its sentences differ in their numbers alone. */
export function fieldText(message: string): ReactNode {
  const n = /\d[\d ,]*/.exec(message)?.[0].trim() ?? ''
  return told(`field:${n === '' ? message : message.replace(n, '{n}')}`, { n }) ?? asTold(message)
}

const asTold = (message: string): ReactNode => (currentLanguage() === 'en' ? message : <span lang="en">{message}</span>)

/** What an operation computes: those that agents bring along are described by who wrote them. */
export const operationText = (name: string, description: string): ReactNode =>
  told(`operation:${name}`, {}) ?? asTold(description)

/** An entry of `errors`: its code is among what extends it. */
export interface AnsweredError {
  readonly message: string
  readonly extensions?: Readonly<Record<string, unknown>> | undefined
}

/** As urql tells it: without entries it is the network. */
export interface Unanswered {
  readonly graphQLErrors: readonly AnsweredError[]
}

export function graphQLErrorText({ message, extensions: { code, retryAfterSeconds } = {} }: AnsweredError): ReactNode {
  return serverText({
    message,
    code: code === undefined ? null : String(code),
    retryAfterSeconds: typeof retryAfterSeconds === 'number' ? retryAfterSeconds : undefined,
  })
}

/** Why an answer has no data: what the server says of it; where nothing came from it, what the page says of its silence. */
export function noDataText(error: Unanswered | undefined, silence: string): ReactNode {
  const reason = error?.graphQLErrors[0]
  return reason ? graphQLErrorText(reason) : silence
}
