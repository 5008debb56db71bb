import { buildSchema } from 'graphql'
import { expect, test } from 'vitest'
import { descriptions } from '../../src/schema/described.ts'
import { namesOf } from '../../src/schema/descriptions.ts'
import { schema } from '../../src/schema/index.ts'

const undescribed = (names: ReturnType<typeof namesOf>) =>
  [...names].filter(([, { description }]) => !description).map(([name]) => name)

test('everything that a client can name is described', () => {
  expect([...namesOf(schema)].length).toBeGreaterThan(700)
  expect(undescribed(namesOf(schema))).toEqual([])
})

test('what is described apart is there', () => {
  const names = new Set([...namesOf(schema)].map(([name]) => name))
  expect(Object.keys(descriptions).filter((name) => !names.has(name))).toEqual([])
})

test('what is not described is found, wherever it stands', () => {
  const bare = buildSchema('type Query { a(b: In): E } input In { c: Int } enum E { F } union U = Query')
  const found = undescribed(namesOf(bare))
  expect(found).toEqual(expect.arrayContaining(['Query', 'Query.a', 'Query.a(b)', 'In', 'In.c', 'E', 'E.F', 'U']))
})
