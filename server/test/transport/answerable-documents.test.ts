import { buildSchema, parse, specifiedRules, validate } from 'graphql'
import { describe, expect, it } from 'vitest'
import { noConditionalSubscriptions, noPromises } from '../../src/transport/graphql/answerable-documents.ts'

const schema = buildSchema(`
  type Query { one: Int two: Query }
  type Subscription { counted(to: Int): Int other: Query }
`)
const rules = [...specifiedRules, noPromises, noConditionalSubscriptions]
const errorsOf = (document: string) => validate(schema, parse(document), rules).map(({ message }) => message)

describe('documents that are valid and cannot be answered', () => {
  it.each([
    '{ then: one }',
    '{ two { then: two { one } } }',
    '{ ...F } fragment F on Query { two { ... { then: __typename } } }',
  ])('are refused where a part of the answer would be taken for a promise: %s', (document) => {
    expect(errorsOf(document)).toEqual(['No part of an answer can be named "then". Use another alias.'])
  })

  it.each([
    'subscription { counted @skip(if: true) }',
    'subscription { ... @include(if: false) { counted } }',
    'subscription { ...F @skip(if: true) } fragment F on Subscription { counted }',
    'subscription { ...F } fragment F on Subscription { ...G } fragment G on Subscription { counted @skip(if: true) }',
  ])('are refused where a subscription may be to nothing: %s', (document) => {
    expect(errorsOf(document)).toEqual([
      'What a subscription is to cannot depend on @skip or @include. Use them further inside.',
    ])
  })

  it.each([
    '{ Then: one thenable: two { one @skip(if: true) } }',
    'subscription { other { one @include(if: false) } }',
    'query ($is: Boolean!) { one @include(if: $is) }',
  ])('are all that is refused: %s', (document) => {
    expect(errorsOf(document)).toEqual([])
  })

  it('do not send the search round in circles', () => {
    const document = 'subscription { ...F } fragment F on Subscription { counted ...F }'
    expect(errorsOf(document)).toEqual(['Cannot spread fragment "F" within itself.'])
  })
})
