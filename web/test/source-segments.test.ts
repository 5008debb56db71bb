import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  cutSource as cutAtPlaces,
  placesOf,
  type TaskInSource,
} from '../src/features/expression/source/source-segments.ts'

const cutSource = <Task extends TaskInSource>(source: string, tasks: readonly Task[]) =>
  cutAtPlaces(source, placesOf(tasks))

const task = (index: number, position: number, length = 1) => ({ index, spans: [{ position, length }] })

it('cuts a source at its operators, whatever the order of their tasks', () => {
  const segments = cutSource('1+2**3', [task(0, 3, 2), task(1, 1)])
  expect(segments.map(({ kind, text, position }) => [kind, text, position])).toEqual([
    ['text', '1', 0],
    ['operation', '+', 1],
    ['text', '2', 2],
    ['operation', '**', 3],
    ['text', '3', 5],
  ])
})

it('is one text without operators', () => {
  expect(cutSource('42', [])).toEqual([{ kind: 'text', position: 0, text: '42' }])
})

it('shows a task everywhere it stands, and all tasks that stand at one place', () => {
  const spans = [
    { position: 0, length: 3 },
    { position: 9, length: 3 },
  ]
  const segments = cutSource('gcd(4,6)+gcd(4,6)', [{ index: 0, spans }, task(1, 8), task(2, 8)])
  const operations = segments.flatMap((segment) => (segment.kind === 'operation' ? [segment] : []))
  expect(operations.map(({ text, tasks }) => [text, tasks.map(({ index }) => index)])).toEqual([
    ['gcd', [0]],
    ['+', [1, 2]],
    ['gcd', [0]],
  ])
})

it('loses and doubles no character', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), fc.uniqueArray(fc.nat({ max: 39 })), (source, positions) => {
      const tasks = positions.filter((position) => position < source.length).map((at, index) => task(index, at))
      const segments = cutSource(source, tasks)
      expect(segments.map(({ text }) => text).join('')).toBe(source)
      expect(segments.filter(({ kind }) => kind === 'operation')).toHaveLength(tasks.length)
    }),
  )
})

it('has values in the places of what is folded', () => {
  const places = placesOf([task(0, 2), task(1, 5), task(2, 8)])
  const folds = [
    { start: 0, end: 5, task: 0, text: '3' },
    { start: 6, end: 10, task: 2, text: '-1' },
  ]
  const segments = cutAtPlaces('(1+2)*3-40', places, folds)
  expect(segments.map(({ kind, text, position }) => [kind, text, position])).toEqual([
    ['value', '3', 0],
    ['operation', '*', 5],
    ['value', '-1', 6],
  ])
})
