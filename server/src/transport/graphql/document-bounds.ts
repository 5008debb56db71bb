import { BREAK, Lexer, Source, TokenKind, validate, visit, type DocumentNode } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { isStranger, type Actor } from '../../domain/actor.ts'
import type { Context } from '../../schema/context.ts'
import type { TransportLimits } from '../limits.ts'
import { actorOf, type Arrival } from './arrival.ts'
import { codedError } from '../../schema/coded-error.ts'

/** Refuses documents that are too long before they are parsed, and stops validating where enough is wrong already. */
export function documentBounds(limits: TransportLimits): Plugin<Context> {
  const { documentCharacters, documentLines, anonymousTokens, validationErrors } = limits

  function problemOf(text: string, actor: Actor): string | null {
    if (text.length > documentCharacters) return `has more than ${documentCharacters} characters: use variables`
    if (hasMoreLines(text, documentLines)) return `has more than ${documentLines} lines`
    return isStranger(actor) && hasMoreTokens(text, anonymousTokens)
      ? `has more than the ${anonymousTokens} tokens that are read of who is not signed in`
      : null
  }

  return {
    // Thrown here it is not kept with the document, which another may send.
    onParse({ params: { source }, context }) {
      const problem = problemOf(
        typeof source === 'string' ? source : source.body,
        actorOf(context as unknown as Arrival),
      )
      if (problem !== null) throw tooLarge(`The document ${problem}.`)
    },
    onValidate({ setValidationFn }) {
      // Called for documents that are not known yet.
      setValidationFn(((...[schema, document, rules]: Parameters<typeof validate>) =>
        repeatsName(document, limits.sameNames)
          ? [tooLarge(`The document has more than ${limits.sameNames} fields of one name.`)]
          : validate(schema, document, rules, { maxErrors: validationErrors })) as typeof validate)
    },
  }
}

/** A line ends with LF, CR or both. */
function hasMoreLines(text: string, limit: number): boolean {
  if (text.length <= limit) return false
  let lines = 0
  for (let at = 0; at < text.length && lines <= limit; at++) {
    const character = text.charCodeAt(at)
    if (character === 0x0a || (character === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) lines++
  }
  return lines > limit
}

function hasMoreTokens(text: string, limit: number): boolean {
  const lexer = new Lexer(new Source(text))
  try {
    for (let tokens = 0; tokens <= limit; tokens++) if (lexer.advance().kind === TokenKind.EOF) return false
    return true
  } catch {
    // The parser tells what is wrong.
    return false
  }
}

/** Fields that are answered under one name are compared with each other, each with all. */
function repeatsName(document: DocumentNode, limit: number): boolean {
  const counts = new Map<string, number>()
  let repeats = false
  visit(document, {
    Field({ alias, name }) {
      const { value } = alias ?? name
      const count = (counts.get(value) ?? 0) + 1
      counts.set(value, count)
      if (count <= limit) return undefined
      repeats = true
      return BREAK
    },
  })
  return repeats
}

export const tooLarge = (message: string) =>
  codedError('QUERY_TOO_LARGE', message, { http: { status: 400, spec: true } })
