import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cutSource } from '../src/features/expression/source-segments.ts'

const operator = (index: number, position: number, length = 1) => ({ index, span: { position, length } })

it('cuts a source at its operators, whatever the order of their tasks', () => {
  const segments = cutSource('1+2**3', [operator(0, 3, 2), operator(1, 1)])
  expect(segments.map(({ kind, text, position }) => [kind, text, position])).toEqual([
    ['text', '1', 0],
    ['operator', '+', 1],
    ['text', '2', 2],
    ['operator', '**', 3],
    ['text', '3', 5],
  ])
})

it('is one text without operators', () => {
  expect(cutSource('42', [])).toEqual([{ kind: 'text', position: 0, text: '42' }])
})

it('loses and doubles no character', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), fc.uniqueArray(fc.nat({ max: 39 })), (source, positions) => {
      const operators = positions.filter((position) => position < source.length).map((at, index) => operator(index, at))
      const segments = cutSource(source, operators)
      expect(segments.map(({ text }) => text).join('')).toBe(source)
      expect(segments.filter(({ kind }) => kind === 'operator')).toHaveLength(operators.length)
    }),
  )
})
