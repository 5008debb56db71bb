import { describe, expect, test } from 'vitest'
import { commands } from '../src/app/commands/commands.ts'
import { fitOf, fitting } from '../src/app/commands/fuzzy.ts'
import { KeySequence } from '../src/app/commands/key-sequence.ts'
import { t } from '../src/language/t.ts'

describe('finding by some letters', () => {
  test.each([
    ['ge', 'Go to expressions'],
    ['agents', 'Go to agents'],
    ['sign', 'Sign out'],
    ['failed', 'Show expressions that failed'],
    ['NEW', 'Write a new expression'],
  ])('%s comes first to %s', (typed, title) => {
    const [first] = fitting(typed, commands, (command) => t(command.title))
    expect(first && t(first.title)).toBe(title)
  })

  test('what lacks a letter, or has them in another order, does not fit', () => {
    expect(fitOf('xq', 'Sign out')).toBeNull()
    expect(fitOf('tuo', 'out')).toBeNull()
    expect(fitOf('2^10', '2^10 + 1')).not.toBeNull()
  })

  test('with nothing typed all stand in their order', () => {
    expect(fitting(' ', commands, ({ title }) => t(title))).toEqual(commands)
  })
})

describe('shortcuts', () => {
  const titleOf = (keys: readonly (string | { key: string; code: string })[], apart = 100) => {
    const sequence = new KeySequence()
    const outcomes = keys.map((key, place) =>
      sequence.type(typeof key === 'string' ? { key, code: '' } : key, place * apart),
    )
    const last = outcomes.at(-1)
    return last?.kind === 'run' ? t(last.command.title) : (last?.kind ?? null)
  }

  test('are one key or two, one soon after the other', () => {
    expect(titleOf(['n'])).toBe('Write a new expression')
    expect(titleOf(['g'])).toBe('begun')
    expect(titleOf(['g', 'a'])).toBe('Go to agents')
    expect(titleOf(['g', 'a'], 2_000)).toBe('nothing')
    expect(titleOf(['g', 'n'])).toBe('Write a new expression')
    expect(titleOf(['g', 'g', 'e'])).toBe('Go to expressions')
    expect(titleOf(['x'])).toBe('nothing')
  })

  test('are by the same keys where those have other letters', () => {
    const [п, ф] = [
      { key: 'п', code: 'KeyG' },
      { key: 'ф', code: 'KeyA' },
    ]
    expect(titleOf([п, ф])).toBe('Go to agents')
    expect(titleOf([{ key: 'т', code: 'KeyN' }])).toBe('Write a new expression')
  })

  test('are all different, and none begins another', () => {
    const keys = commands.flatMap((command) => command.keys ?? [])
    expect(new Set(keys).size).toBe(keys.length)
    for (const one of keys) expect(keys.filter((other) => other.startsWith(`${one} `))).toEqual([])
  })
})
