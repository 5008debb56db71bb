import { beforeAll, expect, test } from 'vitest'
import { whenFileIsDone } from '../support/cleanup.ts'
import { submit } from '../support/expressions.ts'
import { register, type Person } from '../support/people.ts'
import { startTestApp } from '../support/test-app.ts'

interface Submission {
  readonly source: string
  readonly requestId: string
  readonly regroup?: boolean
}

const whenDone = whenFileIsDone()
let ada: Person
beforeAll(async () => {
  const app = await startTestApp({ whenDone })
  ada = await register(app, 'ada@example.com', whenDone)
})

async function submitAll(expressions: readonly Submission[]): Promise<unknown> {
  const { submitExpressions } = await ada.get<{ submitExpressions: unknown }>(
    `mutation ($input: SubmitExpressionsInput!) {
      submitExpressions(input: $input) {
        ... on SubmitExpressionsPayload {
          outcomes {
            ... on Expression { id source plan { grouped } }
            ... on Error { code }
            ... on RequestIdConflictError { expression { id } }
          }
        }
        ... on InvalidInputError { code fields { path message } }
      }
    }`,
    { input: { expressions } },
  )
  return submitExpressions
}

const id = expect.any(String) as string

test('each expression has an outcome in its place, whatever is wrong with the others', async () => {
  const earlier = await submit(ada, '1+1', { requestId: 'earlier' })
  const outcome = await submitAll([
    { source: '2+2', requestId: 'sound' },
    { source: '2+', requestId: 'broken' },
    { source: '1+1', requestId: 'earlier', regroup: false },
    { source: '3+3', requestId: 'earlier' },
    { source: '7', requestId: 'lone' },
    { source: '1+2+3+4', requestId: 'as it stands', regroup: false },
    { source: '5+5', requestId: '' },
  ])
  expect(outcome).toEqual({
    outcomes: [
      { id, source: '2+2', plan: { grouped: '2+2' } },
      { code: 'MISSING_OPERAND' },
      { id: earlier.id, source: '1+1', plan: { grouped: '1+1' } },
      { code: 'REQUEST_ID_CONFLICT', expression: { id: earlier.id } },
      { id, source: '7', plan: { grouped: '7' } },
      { id, source: '1+2+3+4', plan: { grouped: '1+2+3+4' } },
      { code: 'INVALID_INPUT' },
    ],
  })
})

test('an id that stands twice in one submission makes one expression', async () => {
  const twice = { source: '6*7', requestId: 'twice' }
  const { outcomes } = (await submitAll([twice, twice, { ...twice, source: '6*8' }])) as { outcomes: { id?: string }[] }
  expect(outcomes[0]?.id).toEqual(id)
  expect(outcomes[1]?.id).toBe(outcomes[0]?.id)
  expect(outcomes[2]).toMatchObject({ code: 'REQUEST_ID_CONFLICT', expression: { id: outcomes[0]?.id } })
})

test.each([
  ['too many', Array.from({ length: 101 }, () => '1+1'), 'must have at most 100 entries; send the rest next'],
  [
    'too long together',
    Array.from({ length: 11 }, () => `1+1${' '.repeat(9_500)}`),
    'must have at most 100000 characters of source together; send the rest next',
  ],
])('%s are refused, all of them', async (_case, sources, message) => {
  const outcome = await submitAll(
    sources.map((source, place) => ({ source, requestId: `${sources.length}: ${place}` })),
  )
  expect(outcome).toEqual({ code: 'INVALID_INPUT', fields: [{ path: 'expressions', message }] })
  const { expressions } = await ada.get<{ expressions: { edges: unknown[] } }>(
    'query { expressions(filter: { sourceContains: "1+1 " }) { edges { node { id } } } }',
  )
  expect(expressions.edges).toEqual([])
})
