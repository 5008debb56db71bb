import { expect, test } from 'vitest'
import { submit } from '../support/expressions.ts'
import { startWorld } from '../support/world.ts'

test('a list asks for the beginning of a source alone, within bounds', async () => {
  const { admin } = await startWorld()
  const source = `1${'+1'.repeat(700)}`
  await submit(admin, source)
  const show = (characters: number) =>
    admin.run(`{ expressions { edges { node { sourceLength sourceBeginning(characters: ${characters}) } } } }`)
  for (const characters of [1, 160, 1_000])
    expect(await show(characters)).toEqual({
      data: {
        expressions: {
          edges: [{ node: { sourceLength: source.length, sourceBeginning: source.slice(0, characters) } }],
        },
      },
    })
  for (const characters of [0, -1, 1_001])
    expect((await show(characters)).errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }])
})
