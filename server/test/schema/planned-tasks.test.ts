import { expect, test } from 'vitest'
import { register, type Person } from '../support/people.ts'
import { startWorld } from '../support/world.ts'

interface Planned {
  readonly operationCount: number
  readonly operations: readonly { readonly operation: string; readonly count: number }[]
  readonly tasks: readonly object[]
  readonly root: object
}

async function plan(client: Person, source: string, first = 30): Promise<Planned> {
  const { planExpression } = await client.get<{ planExpression: Planned }>(
    `query ($source: String!, $first: Int!) {
      planExpression(source: $source) {
        ... on Plan {
          operationCount
          operations { operation count }
          tasks(first: $first) { operation span { position } operands { literal task negated } }
          root { literal task negated }
        }
      }
    }`,
    { source, first },
  )
  return planExpression
}

test('of an expression it is told which operations there will be, on what, and how many of each kind', async () => {
  const { app } = await startWorld()
  const ada = await register(app, 'ada@example.com')
  const number = (literal: string) => ({ literal, task: null, negated: false })
  expect(await plan(ada, 'x = 2^64; -x*(x+-3)+1')).toEqual({
    operationCount: 4,
    operations: [
      { operation: '+', count: 2 },
      { operation: '^', count: 1 },
      { operation: '*', count: 1 },
    ],
    tasks: [
      { operation: '^', span: { position: 5 }, operands: [number('2'), number('64')] },
      { operation: '+', span: { position: 15 }, operands: [{ literal: null, task: 0, negated: false }, number('-3')] },
      {
        operation: '*',
        span: { position: 12 },
        operands: [
          { literal: null, task: 0, negated: true },
          { literal: null, task: 1, negated: false },
        ],
      },
      { operation: '+', span: { position: 19 }, operands: [{ literal: null, task: 2, negated: false }, number('1')] },
    ],
    root: { literal: null, task: 3, negated: false },
  })
  expect(await plan(ada, '-7')).toMatchObject({ operationCount: 0, operations: [], tasks: [], root: number('-7') })

  const { planExpression } = await ada.get<{ planExpression: object }>(
    `{ planExpression(source: "1000-1-2-3") { ... on Plan { regrouped savedMs criticalPathMs } } }`,
  )
  expect(planExpression).toEqual({ regrouped: true, savedMs: 1_000, criticalPathMs: 2_000 })

  const long = await plan(ada, 'sum(k = 1..200, k)', 100)
  expect(long).toMatchObject({ operationCount: 199, operations: [{ operation: '+', count: 199 }] })
  expect(long.tasks).toHaveLength(100)
  for (const first of [0, -1, 101]) await expect(plan(ada, '1+2', first)).rejects.toThrow('INVALID_INPUT')
})
