import type { TransportLimits } from '../limits.ts'

export type ShapeLimits = Pick<TransportLimits, 'nesting' | 'fields' | 'nameCharacters'> & { readonly values: number }

const quote = 0x22
const comma = 0x2c
const colon = 0x3a
const openList = 0x5b
const backslash = 0x5c
const closeList = 0x5d
const openObject = 0x7b
const closeObject = 0x7d

/** Of a number, or of space in a row: to read a number of a million digits takes 20 ms. */
const maxBareCharacters = 500

/**
 * What makes a JSON text too large to be read, or null. It goes through the text once, a millisecond for a megabyte: `JSON.parse` takes up
 * to a fifth of a second for one, and what is made of it far more. Whether the text is JSON at all it leaves to `JSON.parse`.
 */
export function shapeProblem(text: string, limits: ShapeLimits): string | null {
  /** How many fields each open object has had; 0 of an open list. */
  const open: number[] = []
  let values = 0
  let nameEnd = 0
  let nameStart = 0
  /** Where what is neither text nor punctuation began: a number, a word, space. */
  let bareStart = 0
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case quote:
        nameStart = at + 1
        at = endOfString(text, nameStart)
        if (at === -1) return null
        nameEnd = at
        bareStart = at + 1
        continue
      case openList:
      case openObject:
        if (open.length === limits.nesting) return `has lists and objects more than ${limits.nesting} deep`
        open.push(0)
        values++
        break
      case closeList:
      case closeObject:
        open.pop()
        break
      case colon: {
        const fields = (open.pop() ?? 0) + 1
        open.push(fields)
        if (fields > limits.fields) return `has an object with more than ${limits.fields} fields`
        if (nameEnd - nameStart > limits.nameCharacters)
          return `has a field whose name has more than ${limits.nameCharacters} characters`
        break
      }
      case comma:
        values++
        break
      default:
        if (at - bareStart >= maxBareCharacters)
          return `has more than ${maxBareCharacters} characters of a number or of space`
        continue
    }
    bareStart = at + 1
    if (values > limits.values) return `has more than ${limits.values} values`
  }
  return null
}

/** Where the string ends that begins at `start`; -1 where it does not. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start)
  while (end !== -1 && isEscaped(text, start, end)) end = text.indexOf('"', end + 1)
  return end
}

function isEscaped(text: string, start: number, at: number): boolean {
  let backslashes = 0
  while (at - backslashes > start && text.charCodeAt(at - backslashes - 1) === backslash) backslashes++
  return backslashes % 2 === 1
}
