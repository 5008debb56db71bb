import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql'
import { expect, test } from 'vitest'
import { schema } from '../../src/schema/index.ts'
import { rootFieldsOf, scopesOf } from './root-fields.ts'

test('every field of Query, Mutation and Subscription names its scope', () => {
  const fields = rootFieldsOf(schema)
  expect(fields.length).toBeGreaterThanOrEqual(30)
  expect(fields.filter((field) => !scopesOf(field)?.length).map(({ field }) => field.name)).toEqual([])
})

test('a field that names none is found', () => {
  const field = (pothosOptions: object) => ({ type: GraphQLString, extensions: { pothosOptions } })
  const query = new GraphQLObjectType({
    name: 'Query',
    fields: { closed: field({ authScopes: { user: true } }), open: field({}), foreign: { type: GraphQLString } },
  })
  const fields = rootFieldsOf(new GraphQLSchema({ query }))
  expect(fields.map(scopesOf)).toEqual([['user'], undefined, undefined])
})
