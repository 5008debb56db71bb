import { getIntrospectionQuery } from 'graphql'
import { describe, expect, test } from 'vitest'
import { TestSocket } from './test-socket.ts'
import { startTransport, type Answer } from './test-transport.ts'

const of = { bytes: 4_000, values: 100 }
const limits = { depth: 6, aliases: 3, tokens: 60, messages: { anonymous: of, user: of, agent: of } }
const nested = (depth: number) => `{ ${'nest { '.repeat(depth - 1)} leaf ${'}'.repeat(depth)}`
const aliased = (name: string, count: number) =>
  `{ ${Array.from({ length: count }, (_, i) => `a${i}: ${name}`).join(' ')} }`
const refused = (message: RegExp) => ({
  errors: [{ message: expect.stringMatching(message) as string, extensions: { code: 'QUERY_TOO_LARGE' } }],
})

describe.each(['HTTP', 'a socket'])('over %s', (transportName) => {
  async function start(options = { limits }): Promise<(document: string) => Promise<Answer>> {
    const transport = await startTransport(options)
    if (transportName === 'a socket') {
      const socket = await TestSocket.connect(transport)
      return (document) => socket.query(document)
    }
    return async (document) => {
      const { response, ...answer } = await transport.query(document, { accept: 'application/graphql-response+json' })
      expect(response.status).toBe(answer.data === undefined ? 400 : 200)
      return answer
    }
  }

  test.each([
    ['depth', nested(7), /depth limit of 6 exceeded, found 7/],
    [
      'depth in fragments',
      `{ nest { ...A } } fragment A on Nest { nest { nest { ...B } } } fragment B on Nest { nest { nest { nest { leaf } } } }`,
      /depth limit of 6 exceeded, found 7/,
    ],
    ['aliases', aliased('actor', 4), /Aliases limit of 3 exceeded, found 4/],
    ['aliases of __typename', aliased('__typename', 4), /Aliases limit of 3 exceeded/],
    ['tokens', `{ ${'actor '.repeat(59)} }`, /Token limit of 60 exceeded/],
  ])('the limit of %s holds, also where the document is known already', async (_name, document, message) => {
    const query = await start()
    expect(await query(document)).toEqual(refused(message))
    expect(await query(document)).toEqual(refused(message))
  })

  test.each([nested(6), aliased('actor', 3), `{ ${'actor '.repeat(58)} }`])(
    '%s is within the limits: control',
    async (document) => {
      const query = await start()
      expect((await query(document)).errors).toBeUndefined()
    },
  )

  test('introspection is within the limits that stand, and cannot be nested without end', async () => {
    const query = await start({ limits: {} as typeof limits })
    expect((await query(getIntrospectionQuery())).errors).toBeUndefined()
    const endless = `{ __schema { types { ${'fields { type { '.repeat(4)} name ${'} }'.repeat(4)} } } }`
    expect((await query(endless)).errors?.[0]?.message).toBe('Maximum introspection depth exceeded')
  })

  test('a fragment that spreads itself is an error', async () => {
    const query = await start()
    expect((await query('{ nest { ...A } } fragment A on Nest { nest { ...A } }')).errors).toHaveLength(1)
  })

  test('a syntax error is an error', async () => {
    const query = await start()
    expect((await query('{ actor')).errors?.[0]?.message).toMatch(/^Syntax Error/)
  })
})

test('a message of a socket is at most as large as a body', async () => {
  const transport = await startTransport({ limits })
  const socket = await TestSocket.connect(transport)
  socket.subscribe('1', `{ actor } #${'x'.repeat(5_000)}`)
  expect((await socket.closed).code).toBe(1009)
})
