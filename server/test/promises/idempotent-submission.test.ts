import { beforeAll, describe, expect, test } from 'vitest'
import { whenFileIsDone } from '../support/cleanup.ts'
import { submit } from '../support/expressions.ts'
import { register, type Person } from '../support/people.ts'
import { startTestApp } from '../support/test-app.ts'

const whenDone = whenFileIsDone()
let ada: Person
let bob: Person
beforeAll(async () => {
  const app = await startTestApp({ whenDone })
  ada = await register(app, 'ada@example.com', whenDone)
  bob = await register(app, 'bob@example.com', whenDone)
})

async function countOf(person: Person, source: string): Promise<number> {
  const { expressions } = await person.get<{ expressions: { edges: unknown[] } }>(
    `query ($source: String!) { expressions(filter: { sourceContains: $source }) { edges { node { id } } } }`,
    { source },
  )
  return expressions.edges.length
}

describe('an expression is submitted once for each request id', () => {
  test('when it is sent twice, one after the other', async () => {
    const first = await submit(ada, '1+1', { requestId: 'twice' })
    const second = await submit(ada, '1+1', { requestId: 'twice' })
    expect(second.id).toBe(first.id)
    expect(await countOf(ada, '1+1')).toBe(1)
  })

  test('when it is sent many times at once', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => submit(ada, '2+2', { requestId: 'at once' })))
    expect(new Set(all.map(({ id }) => id)).size).toBe(1)
    expect(await countOf(ada, '2+2')).toBe(1)
  })

  test('for each user apart', async () => {
    const [mine, theirs] = await Promise.all([
      submit(ada, '3+3', { requestId: 'shared' }),
      submit(bob, '3+3', { requestId: 'shared' }),
    ])
    expect(mine.id).not.toBe(theirs.id)
    expect([await countOf(ada, '3+3'), await countOf(bob, '3+3')]).toEqual([1, 1])
  })

  test('and with another word on regrouping it is a conflict, too', async () => {
    const options = { requestId: 'regrouped' }
    const first = await submit(ada, '1-2-3-4', options)
    await expect(submit(ada, '1-2-3-4', { ...options, regroup: true })).rejects.toThrow('with regroup: false')
    expect((await submit(ada, '1-2-3-4', options)).id).toBe(first.id)
  })

  test('and with another source it is a conflict that tells what was submitted', async () => {
    const first = await submit(ada, '4+4', { requestId: 'conflict' })
    const again = await ada.get(
      `mutation {
        submitExpression(input: { source: "5+5", requestId: "conflict" }) {
          __typename
          ... on RequestIdConflictError { code message expression { id source } }
        }
      }`,
    )
    expect(again).toEqual({
      submitExpression: {
        __typename: 'RequestIdConflictError',
        code: 'REQUEST_ID_CONFLICT',
        message: expect.any(String) as string,
        expression: { id: first.id, source: '4+4' },
      },
    })
    expect(await countOf(ada, '5+5')).toBe(0)
  })

  test('of two sources sent at once under one id, one is taken and the other told of it', async () => {
    const send = (source: string) =>
      ada.get<{ submitExpression: { __typename: string } }>(
        `mutation ($source: String!) { submitExpression(input: { source: $source, requestId: "race" }) { __typename } }`,
        { source },
      )
    const both = await Promise.all([send('6+6'), send('7+7')])
    const types = both.map(({ submitExpression }) => submitExpression.__typename)
    expect(types.sort()).toEqual(['Expression', 'RequestIdConflictError'])
  })
})
