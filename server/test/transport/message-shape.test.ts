import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shapeProblem } from '../../src/transport/socket/message-shape.ts'

const limits = { nesting: 4, fields: 5, nameCharacters: 10, values: 20 }

/** The same said of what the JSON stands for. */
function isWithin(value: unknown, depth = 0, count = { values: 0 }): boolean {
  if (typeof value !== 'object' || value === null) return true
  const items = Array.isArray(value) ? value : Object.values(value)
  // An opening bracket, and a comma between two items.
  count.values += 1 + Math.max(0, items.length - 1)
  if (depth + 1 > limits.nesting || count.values > limits.values) return false
  if (!Array.isArray(value)) {
    const names = Object.keys(value)
    if (names.length > limits.fields || names.some((name) => JSON.stringify(name).length - 2 > limits.nameCharacters))
      return false
  }
  return items.every((item) => isWithin(item, depth + 1, count))
}

const json = fc.json({ maxDepth: 6, depthSize: 'large', stringUnit: 'binary' })
const withPunctuation = fc
  .array(fc.constantFrom('"', '\\', '{', '}', '[', ']', ',', ':', 'a', '\n', '\ud800'), { maxLength: 30 })
  .map((parts) => parts.join(''))

describe('the shape of a JSON text', () => {
  test('is told as its value has it', () => {
    fc.assert(
      fc.property(json, (text) => {
        expect(shapeProblem(text, limits) === null).toBe(isWithin(JSON.parse(text)))
      }),
      { seed: 12, numRuns: 2_000 },
    )
  })

  test('does not depend on what texts hold', () => {
    fc.assert(
      fc.property(withPunctuation, withPunctuation, (name, text) => {
        const value = [{ [name]: text }, text]
        const roomy = { nesting: 2, fields: 1, nameCharacters: 200, values: 3 }
        expect(shapeProblem(JSON.stringify(value), roomy)).toBeNull()
        expect(shapeProblem(JSON.stringify(value), { ...roomy, values: 2 })).not.toBeNull()
      }),
      { seed: 12, numRuns: 2_000 },
    )
  })

  test.each([
    ['lists in lists', '[[[[[', 'deep'],
    ['objects in objects', '{"a":{"a":{"a":{"a":{', 'deep'],
    ['a list of many', '[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]', 'more than 20 values'],
    ['an object of many', '{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1}', 'more than 5 fields'],
    ['a long name', '{"abcdefghijk":1}', 'more than 10 characters'],
    ['a long number', `[${'1'.repeat(600)}]`, 'more than 500 characters of a number'],
    ['much space', `[${' '.repeat(600)}]`, 'of space'],
  ])('%s are told', (_what, text, problem) => {
    expect(shapeProblem(text, limits)).toContain(problem)
  })
})
