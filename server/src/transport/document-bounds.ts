import { GraphQLError, validate } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Context } from '../schema/context.ts'
import type { TransportLimits } from './limits.ts'

/** Refuses documents that are too long before they are parsed, and stops validating where enough is wrong already. */
export function documentBounds({
  documentCharacters,
  documentLines,
  validationErrors,
}: TransportLimits): Plugin<Context> {
  function problemOf(text: string): string | null {
    if (text.length > documentCharacters) return `has more than ${documentCharacters} characters: use variables`
    return hasMoreLines(text, documentLines) ? `has more than ${documentLines} lines` : null
  }

  return {
    onParse({ params: { source } }) {
      const problem = problemOf(typeof source === 'string' ? source : source.body)
      if (problem !== null) throw tooLarge(`The document ${problem}.`)
    },
    onValidate({ setValidationFn }) {
      setValidationFn(((...[schema, document, rules]: Parameters<typeof validate>) =>
        validate(schema, document, rules, { maxErrors: validationErrors })) as typeof validate)
    },
  }
}

/** A line ends with CR, LF or both; whoever mixes them gets a few less. */
function hasMoreLines(text: string, limit: number): boolean {
  if (text.length <= limit) return false
  return (
    count(text, '\n', limit) + count(text, '\r', limit) > limit &&
    count(text.replaceAll('\r\n', '\n'), '\n', limit) > limit
  )
}

function count(text: string, character: string, limit: number): number {
  let found = 0
  for (let at = text.indexOf(character); at !== -1 && found <= limit; at = text.indexOf(character, at + 1)) found++
  return found
}

export const tooLarge = (message: string) =>
  new GraphQLError(message, { extensions: { code: 'QUERY_TOO_LARGE', http: { status: 400, spec: true } } })
