import { beforeAll, describe, expect, test } from 'vitest'
import { whenFileIsDone } from '../support/cleanup.ts'
import { register, type Person } from '../support/people.ts'
import { startTestApp } from '../support/test-app.ts'

const whenDone = whenFileIsDone()
let admin: Person
beforeAll(async () => {
  admin = await register(
    await startTestApp({ whenDone, environment: { MAX_OPERATIONS: '3' } }),
    'a@example.com',
    whenDone,
  )
})

const error = '__typename ... on Error { code message }'
const globalId = (type: string, id: string) => Buffer.from(`${type}:${id}`).toString('base64')
const nobody = '018f0000-0000-7000-8000-000000000000'

/** What a mutation gave; it must not have thrown. */
async function outcome(document: string, variables: Record<string, unknown> = {}) {
  const { data, errors } = await admin.run<Record<string, { message?: string }>>(document, variables)
  expect(errors).toBeUndefined()
  return Object.values(data ?? {})[0]
}

const submission = `mutation ($input: SubmitExpressionInput!) {
  submitExpression(input: $input) {
    ${error}
    ... on ExpressionSyntaxError { position length expected suggestion }
    ... on ExpressionLimitError { position limit actual }
    ... on InvalidInputError { fields { path } }
  }
}`

describe('a submission', () => {
  test('that is no expression tells where and what instead', async () => {
    expect(await outcome(submission, { input: { source: '2(1+2)', requestId: 'r' } })).toMatchObject({
      __typename: 'ExpressionSyntaxError',
      position: 1,
      suggestion: '2*(1+2)',
    })
  })

  test('over a limit tells which', async () => {
    expect(await outcome(submission, { input: { source: '1+2+3+4+5', requestId: 'r' } })).toMatchObject({
      ...{ __typename: 'ExpressionLimitError', code: 'TOO_MANY_OPERATIONS', limit: 3, actual: 4, position: 7 },
    })
  })

  test.each([
    ['an empty request id', ''],
    ['one of 101 characters', 'x'.repeat(101)],
    ['one that the database cannot hold', 'a\u0000b'],
  ])('with %s is no valid input', async (_what, requestId) => {
    expect(await outcome(submission, { input: { source: '1', requestId } })).toMatchObject({
      ...{ __typename: 'InvalidInputError', code: 'INVALID_INPUT', fields: [{ path: 'requestId' }] },
    })
  })
})

describe('durations', () => {
  const mutation = `mutation ($durations: [OperationDurationInput!]!) {
    setOperationDurations(input: { durations: $durations }) { ${error} ... on InvalidInputError { fields { path } } }
  }`

  test.each([
    ['below zero', [{ kind: 'ADD', durationMs: -1 }], 'durations.0.durationMs'],
    ['above 65 535', [{ kind: 'ADD', durationMs: 65_536 }], 'durations.0.durationMs'],
    ['of no operation', [], 'durations'],
    ['of what nobody computes', [{ name: 'gdc', durationMs: 1 }], 'durations.0.name'],
    ['of some function', [{ kind: 'FUNCTION', durationMs: 1 }], 'durations.0.kind'],
    ['of one that is named in two ways', [{ name: '+', kind: 'ADD', durationMs: 1 }], 'durations.0'],
    ['of one that is not named', [{ durationMs: 1 }], 'durations.0'],
    ['of one that is null in both', [{ name: null, kind: null, durationMs: 1 }], 'durations.0'],
    [
      'of one twice, by its name and by its kind',
      [
        { name: '+', durationMs: 1 },
        { kind: 'ADD', durationMs: 2 },
      ],
      'durations',
    ],
    [
      'of one twice',
      [
        { kind: 'ADD', durationMs: 1 },
        { kind: 'ADD', durationMs: 2 },
      ],
      'durations',
    ],
    [
      'of which one is wrong',
      [
        { kind: 'ADD', durationMs: 1 },
        { kind: 'POWER', durationMs: -1 },
      ],
      'durations.1.durationMs',
    ],
  ])('%s are refused as a whole', async (_what, durations, path) => {
    expect(await outcome(mutation, { durations })).toMatchObject({
      __typename: 'InvalidInputError',
      fields: [{ path }],
    })
    const { operations } = await admin.get<{ operations: { durationMs: number }[] }>('{ operations { durationMs } }')
    expect(new Set(operations.map(({ durationMs }) => durationMs))).toEqual(new Set([1_000]))
  })
})

describe('what is not there', () => {
  test.each([
    ['cancelExpression', 'Expression'],
    ['retryExpression', 'Expression'],
    ['deleteExpression', 'Expression'],
    ['drainAgent', 'Agent'],
    ['undrainAgent', 'Agent'],
    ['revokeAgentToken', 'AgentToken'],
  ])('%s answers as not found, also for what is no id', async (field, type) => {
    for (const id of [nobody, 'no uuid'])
      expect(await outcome(`mutation { ${field}(input: { id: "${globalId(type, id)}" }) { ${error} } }`)).toMatchObject(
        {
          ...{ __typename: 'NotFoundError', code: 'NOT_FOUND' },
        },
      )
  })

  test.each(['Expression', 'Task', 'Agent', 'AgentToken', 'User', 'Operation'])('a node %s is null', async (type) => {
    for (const id of [nobody, `${nobody}:0`, 'no uuid', `${nobody}:-1`, 'x:99999999999'])
      expect(await admin.run(`{ node(id: "${globalId(type, id)}") { id } }`)).toEqual({ data: { node: null } })
  })

  test('expression is null', async () => {
    for (const id of [nobody, 'no uuid'])
      expect(await admin.run(`{ expression(id: "${globalId('Expression', id)}") { id } }`)).toEqual({
        data: { expression: null },
      })
  })

  test.each([
    ['expressionChanged', 'id'],
    ['tasksChanged', 'expressionId'],
  ])('%s says so', async (field, arg) => {
    for (const id of [nobody, 'no uuid']) {
      const { errors } = await admin.run(`subscription { ${field}(${arg}: "${globalId('Expression', id)}") { id } }`)
      expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }])
    }
  })
})

test.each([
  ['an id that is none', '{ node(id: "no id") { id } }'],
  ['an id of another type', `{ expression(id: "${globalId('Agent', nobody)}") { id } }`],
  ['an id of a type that is none', `{ node(id: "${globalId('Nothing', nobody)}") { id } }`],
  ['a cursor that is none', '{ expressions(after: "no cursor") { edges { cursor } } }'],
  [
    'a cursor of something else',
    `{ expressions(after: "${Buffer.from('GPC:S:no uuid').toString('base64')}") { edges { cursor } } }`,
  ],
  ['a negative page', '{ expressions(first: -1) { edges { cursor } } }'],
  [
    'a filter that the database cannot hold',
    '{ expressions(filter: { sourceContains: "\\u0000" }) { edges { cursor } } }',
  ],
])('%s is the client’s mistake and not the server’s', async (_what, document) => {
  const { errors } = await admin.run(document)
  expect(errors?.map(({ extensions }) => extensions?.code) ?? []).not.toContain('INTERNAL_SERVER_ERROR')
})
