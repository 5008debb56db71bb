import { describe, expect, it } from 'vitest'
import { isPaletteKey } from '../src/app/commands/commands.ts'
import { commandOf } from '../src/features/expressions/grid/grid-keys.ts'
import { latinKey } from '../src/language/latin-key.ts'

const none = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false }
const control = { ...none, ctrlKey: true }

describe('a key', () => {
  it.each([
    ['л', 'KeyK', 'k'],
    ['Л', 'KeyK', 'K'],
    ['κ', 'KeyK', 'k'],
    ['א', 'KeyT', 't'],
    // Letters stand elsewhere on a French keyboard, and are what they say.
    ['a', 'KeyQ', 'a'],
    ['é', 'Digit2', 'é'],
    // No Latin letter stands there.
    ['ж', 'Semicolon', 'ж'],
    ['.', 'Slash', '.'],
    ['Enter', 'Enter', 'Enter'],
  ])('that says %s at %s is %s', (key, code, letter) => expect(latinKey({ key, code })).toBe(letter))

  it.each([
    ['k', 'KeyK'],
    ['K', 'KeyK'],
    ['л', 'KeyK'],
  ])('that says %s at %s opens the palette with Ctrl, and not without', (key, code) => {
    expect(isPaletteKey({ ...control, key, code })).toBe(true)
    expect(isPaletteKey({ ...none, key, code })).toBe(false)
  })

  it('does the same to a list in any layout', () => {
    const kindOf = (key: string, code: string) => commandOf({ ...control, key, code }, 10)?.kind
    expect([kindOf('a', 'KeyA'), kindOf('ф', 'KeyA')]).toEqual(['selectAll', 'selectAll'])
    expect([kindOf('c', 'KeyC'), kindOf('с', 'KeyC')]).toEqual(['copy', 'copy'])
    expect(commandOf({ ...none, key: 'ф', code: 'KeyA' }, 10)).toBeNull()
  })
})
