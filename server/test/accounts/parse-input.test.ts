import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { processorMs } from '../support/processor-ms.ts'
import { displayName, parseInput, text, toStorable } from '../../src/use-cases/parse-input.ts'

describe('a text', () => {
  test('that is too long is refused before anything is done with it', () => {
    const schema = text({ max: 100 }).normalize('NFKC').trim().max(10)
    const took = processorMs(() => {
      const outcome = parseInput(schema, '\u0323\u0301'.repeat(200_000))
      expect(JSON.stringify(outcome)).toContain('must have at most 100 characters')
    })
    // To normalise it takes minutes.
    expect(took).toBeLessThan(500)
  })

  test('within the bound goes on to what else it must be', () => {
    const schema = text({ max: 100 }).normalize('NFKC').trim().max(3)
    expect(parseInput(schema, ` ${'a\u0301'.repeat(3)} `)).toEqual({ kind: 'valid', value: '\u00e1\u00e1\u00e1' })
    expect(parseInput(schema, 'abcd')).toMatchObject({ kind: 'InvalidInputError' })
    expect(parseInput(schema, 'a\0')).toMatchObject({ kind: 'InvalidInputError' })
  })
})

describe('a name that people are shown', () => {
  const schema = z.object({ name: displayName() })

  test.each([
    'shed-1',
    'Ada\u2019s Mac',
    '\u05d0\u05d1',
    '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645',
    '\u{1f469}\u200d\u{1f4bb} laptop',
    'a'.repeat(100),
    ' a ',
  ])('may be %j', (name) =>
    expect(parseInput(schema, { name })).toEqual({ kind: 'valid', value: { name: name.trim() } }),
  )

  test.each([
    ['a line break', 'a\nb'],
    ['a tab', 'a\tb'],
    ['an escape', 'a\x1b[31mb'],
    ['a control of C1', 'a\x85b'],
    ['a line separator', 'a\u2028b'],
    ['an override of the direction', 'a\u202egnp.exe'],
    ['an isolate', 'a\u2066b\u2069'],
    ['a mark of direction', 'a\u200fb'],
    ['nothing', ''],
    ['space', ' \n '],
    ['nothing to see', '\u200b\u2060'],
    ['a mark on nothing', '\u0301'],
    ['too much', 'a'.repeat(101)],
  ])('may not hold %s', (_what, name) =>
    expect(parseInput(schema, { name })).toMatchObject({ kind: 'InvalidInputError' }),
  )
})

test('what an agent says of an error is kept without what would mislead', () => {
  expect(toStorable('a\0b\u202ec\x1b[31m\n\tat d\ud800')).toBe('abc[31m\n\tat d\ufffd')
})
