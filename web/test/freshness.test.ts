import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Freshness } from '../src/transport/freshness.ts'

const expression = (version: number, fields: object = {}) => ({ __typename: 'Expression', id: 'e', version, ...fields })

describe('Freshness', () => {
  it('gives back the very same data where nothing in it is stale', () => {
    const freshness = new Freshness()
    const data = { expression: expression(1, { plan: { __typename: 'Plan', depth: 3 } }) }
    expect(freshness.freshen(data)).toBe(data)
    expect(freshness.freshen(data)).toBe(data)
  })

  it('puts the newest payload in the place of an older one', () => {
    const freshness = new Freshness()
    freshness.freshen({ expressionChanged: expression(7, { status: 'SUCCEEDED' }) })
    expect(freshness.freshen({ expressionChanged: expression(6, { status: 'RUNNING' }) })).toEqual({
      expressionChanged: expression(7, { status: 'SUCCEEDED' }),
    })
  })

  it('finds stale entities in lists and deep inside of others', () => {
    const freshness = new Freshness()
    freshness.freshen([expression(5, { status: 'FAILED' })])
    const late = {
      expressions: { edges: [{ node: expression(4, { status: 'RUNNING' }) }], pageInfo: { hasNextPage: true } },
    }
    expect(freshness.freshen(late)).toEqual({
      expressions: { edges: [{ node: expression(5, { status: 'FAILED' }) }], pageInfo: { hasNextPage: true } },
    })
  })

  it('keeps what only the stale payload selected, so that a query still gets all that it asked for', () => {
    const freshness = new Freshness()
    freshness.freshen(expression(2, { status: 'RUNNING' }))
    expect(freshness.freshen(expression(1, { status: 'QUEUED', source: '1+2' }))).toEqual(
      expression(2, { status: 'RUNNING', source: '1+2' }),
    )
  })

  it('lets two selections of one version complete each other', () => {
    const freshness = new Freshness()
    freshness.freshen(expression(2, { status: 'RUNNING' }))
    freshness.freshen(expression(2, { progress: { __typename: 'Progress', completed: 3 } }))
    expect(
      freshness.freshen(expression(1, { status: 'QUEUED', progress: { __typename: 'Progress', completed: 0 } })),
    ).toEqual(expression(2, { status: 'RUNNING', progress: { __typename: 'Progress', completed: 3 } }))
  })

  it('overlays the parts of an entity that have no id, field by field', () => {
    const freshness = new Freshness()
    freshness.freshen(expression(2, { result: { __typename: 'Rational', decimal: '3' } }))
    expect(
      freshness.freshen(expression(1, { result: { __typename: 'Rational', decimal: '2', fraction: '2' } })),
    ).toEqual(expression(2, { result: { __typename: 'Rational', decimal: '3', fraction: '2' } }))
    expect(freshness.freshen(expression(1, { result: null }))).toMatchObject({ result: { decimal: '3' } })
  })

  it('tells entities of different types apart that have the same id', () => {
    const freshness = new Freshness()
    freshness.freshen({ __typename: 'Agent', id: 'e', version: 9 })
    const data = expression(1, { status: 'QUEUED' })
    expect(freshness.freshen(data)).toBe(data)
  })

  it('takes a lower version for new once it was told to forget', () => {
    const freshness = new Freshness()
    freshness.freshen(expression(9, { status: 'RUNNING' }))
    freshness.forget()
    const data = expression(1, { status: 'SUCCEEDED' })
    expect(freshness.freshen(data)).toBe(data)
  })

  it('never goes backwards, in whatever order payloads come', () => {
    const payload = fc.record({ id: fc.constantFrom('a', 'b', 'c'), version: fc.integer({ min: 1, max: 9 }) })
    fc.assert(
      fc.property(fc.array(fc.array(payload, { minLength: 1, maxLength: 4 }), { maxLength: 20 }), (responses) => {
        const freshness = new Freshness()
        const newest = new Map<string, number>()
        for (const response of responses) {
          for (const { id, version } of response) newest.set(id, Math.max(version, newest.get(id) ?? 0))
          // Twice: within one response an entity may stand at two versions, the older one first.
          freshness.freshen(response.map(({ id, version }) => ({ __typename: 'Task', id, version, value: version })))
          const shown = freshness.freshen(
            response.map(({ id, version }) => ({ __typename: 'Task', id, version, value: version })),
          )
          for (const { id, version, value } of shown)
            expect({ version, value }).toEqual({ version: newest.get(id), value: newest.get(id) })
        }
      }),
    )
  })
})
