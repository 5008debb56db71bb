import { Client, type Exchange, type Operation, type OperationResult } from '@urql/core'
import { filter, makeSubject, map, merge, pipe, subscribe } from 'wonka'
import { describe, expect, it } from 'vitest'
import { graphql } from '../src/graphql.ts'
import { normalizedCache } from '../src/transport/cache.ts'
import { freshnessExchange } from '../src/transport/freshness-exchange.ts'
import { Freshness } from '../src/transport/freshness.ts'

const ExpressionsQuery = graphql(`
  query Expressions($after: String, $filter: ExpressionFilter) {
    expressions(first: 2, after: $after, filter: $filter) {
      edges {
        node {
          id
          version
          status
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

const ExpressionsChanged = graphql(`
  subscription ExpressionsChanged {
    expressionsChanged {
      id
      version
      status
    }
  }
`)

const ExpressionsDeleted = graphql(`
  subscription ExpressionsDeleted {
    expressionsDeleted
  }
`)

const ExpressionQuery = graphql(`
  query Expression($id: ID!) {
    expression(id: $id) {
      id
      version
    }
  }
`)

const DeleteExpression = graphql(`
  mutation DeleteExpression($id: ID!) {
    deleteExpression(input: { id: $id }) {
      __typename
      ... on DeleteExpressionPayload {
        deletedId
      }
      ... on NotFoundError {
        message
      }
    }
  }
`)

const SubmitExpression = graphql(`
  mutation SubmitExpression($input: SubmitExpressionInput!) {
    submitExpression(input: $input) {
      __typename
      ... on Expression {
        id
        version
        status
      }
    }
  }
`)

const expression = (id: string, version: number, status: string) => ({ __typename: 'Expression', id, version, status })

const page = (nodes: object[], endCursor: string | null = null) => ({
  __typename: 'Query',
  expressions: {
    __typename: 'ExpressionConnection',
    edges: nodes.map((node) => ({ __typename: 'ExpressionEdge', node })),
    pageInfo: { __typename: 'PageInfo', hasNextPage: endCursor !== null, endCursor },
  },
})

/** The page's client with the test in the place of the server: it answers operations when it likes. */
function start() {
  const operations: Operation[] = []
  const { source, next } = makeSubject<OperationResult>()
  const server: Exchange = () => (incoming) =>
    merge([
      source,
      pipe(
        incoming,
        map((operation) => void operations.push(operation)),
        filter((_): _ is never => false),
      ),
    ])
  const client = new Client({
    url: 'http://test.invalid/graphql',
    preferGetMethod: false,
    exchanges: [normalizedCache(), freshnessExchange(new Freshness()), server],
  })
  const pending = (kind: Operation['kind']) => operations.filter((operation) => operation.kind === kind)
  return {
    client,
    pending,
    answer: async (operation: Operation | undefined, data: object) => {
      if (!operation) throw new Error('nothing was asked')
      next({ operation, data, stale: false, hasNext: operation.kind === 'subscription' })
      // The client reads queries anew in microtasks: all have run when this resolves.
      await new Promise((resolve) => setTimeout(resolve))
    },
  }
}

function watch(client: Client, variables: { after?: string | null; filter?: { statuses: 'RUNNING'[] } | null }) {
  const shown: { ids: string[] } = { ids: [] }
  pipe(
    client.query(ExpressionsQuery, variables),
    subscribe(
      ({ data }) => (shown.ids = data?.expressions?.edges.map(({ node }) => `${node.id} ${node.status}`) ?? []),
    ),
  )
  return shown
}

function watchOne(client: Client, id: string) {
  const shown: { id: string | null } = { id: null }
  pipe(
    client.query(ExpressionQuery, { id }),
    subscribe(({ data }) => (shown.id = data?.expression?.id ?? null)),
  )
  return shown
}

describe('lists of expressions', () => {
  it('take in what a subscription brings and show its changes', async () => {
    const { client, pending, answer } = start()
    const shown = watch(client, {})
    pipe(
      client.subscription(ExpressionsChanged, {}),
      subscribe(() => {}),
    )
    await answer(pending('query')[0], page([expression('a', 1, 'RUNNING')]))
    const [changes] = pending('subscription')

    await answer(changes, { expressionsChanged: [expression('b', 1, 'QUEUED'), expression('a', 2, 'SUCCEEDED')] })
    expect(shown.ids).toEqual(['b QUEUED', 'a SUCCEEDED'])

    await answer(changes, { expressionsChanged: [expression('b', 2, 'RUNNING')] })
    expect(shown.ids).toEqual(['b RUNNING', 'a SUCCEEDED'])
    expect(pending('query'), 'asked again for what was already known').toHaveLength(1)
  })

  it('take in what was submitted, before any subscription tells of it', async () => {
    const { client, pending, answer } = start()
    const shown = watch(client, {})
    await answer(pending('query')[0], page([expression('a', 1, 'RUNNING')]))
    pipe(
      client.mutation(SubmitExpression, { input: { source: '1+2', requestId: 'r' } }),
      subscribe(() => {}),
    )
    await answer(pending('mutation')[0], { submitExpression: expression('b', 1, 'QUEUED') })
    expect(shown.ids).toEqual(['b QUEUED', 'a RUNNING'])
  })

  it('with a filter take in only what passes it', async () => {
    const { client, pending, answer } = start()
    const shown = watch(client, { filter: { statuses: ['RUNNING'] } })
    pipe(
      client.subscription(ExpressionsChanged, {}),
      subscribe(() => {}),
    )
    await answer(pending('query')[0], page([]))
    await answer(pending('subscription')[0], {
      expressionsChanged: [expression('a', 1, 'QUEUED'), expression('b', 1, 'RUNNING')],
    })
    expect(shown.ids).toEqual(['b RUNNING'])
  })

  it('put what is new on their first page, and nothing there that has its place further on', async () => {
    const { client, pending, answer } = start()
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((place) => btoa(`Expression:${place}`)) as [
      string,
      string,
      string,
      string,
    ]
    const first = watch(client, {})
    await answer(pending('query')[0], page([expression(c, 1, 'RUNNING')], 'cursor-c'))
    const second = watch(client, { after: 'cursor-c' })
    await answer(pending('query')[1], page([expression(b, 1, 'RUNNING'), expression(a, 1, 'RUNNING')]))

    pipe(
      client.subscription(ExpressionsChanged, {}),
      subscribe(() => {}),
    )
    await answer(pending('subscription')[0], {
      expressionsChanged: [expression(a, 2, 'SUCCEEDED'), expression(d, 1, 'QUEUED')],
    })
    expect(first.ids).toEqual([`${d} QUEUED`, `${c} RUNNING`])
    expect(second.ids).toEqual([`${b} RUNNING`, `${a} SUCCEEDED`])
  })

  it('lose what is deleted, on whatever page and by whomever, and ask nothing for it', async () => {
    const { client, pending, answer } = start()
    const first = watch(client, {})
    await answer(pending('query')[0], page([expression('c', 1, 'RUNNING'), expression('b', 1, 'RUNNING')], 'cursor-b'))
    const shown = watch(client, { after: 'cursor-b' })
    await answer(pending('query')[1], page([expression('a', 1, 'RUNNING')]))
    const one = watchOne(client, 'a')
    await answer(pending('query')[2], { __typename: 'Query', expression: expression('a', 1, 'RUNNING') })
    expect([shown.ids, one.id]).toEqual([['a RUNNING'], 'a'])

    pipe(
      client.subscription(ExpressionsDeleted, {}),
      subscribe(() => {}),
    )
    await answer(pending('subscription')[0], { expressionsDeleted: ['a', 'never seen'] })
    expect([shown.ids, one.id]).toEqual([[], null])

    pipe(
      client.mutation(DeleteExpression, { id: 'c' }),
      subscribe(() => {}),
    )
    await answer(pending('mutation')[0], {
      deleteExpression: { __typename: 'DeleteExpressionPayload', deletedId: 'c' },
    })
    expect(first.ids).toEqual(['b RUNNING'])
    expect(pending('query')).toHaveLength(3)
  })

  it('keep what could not be deleted', async () => {
    const { client, pending, answer } = start()
    const shown = watch(client, {})
    await answer(pending('query')[0], page([expression('a', 1, 'RUNNING')]))
    pipe(
      client.mutation(DeleteExpression, { id: 'a' }),
      subscribe(() => {}),
    )
    await answer(pending('mutation')[0], { deleteExpression: { __typename: 'NotFoundError', message: 'no' } })
    expect(shown.ids).toEqual(['a RUNNING'])
  })

  it('do not take back what is deleted by an event that was on its way', async () => {
    const { client, pending, answer } = start()
    const shown = watch(client, {})
    await answer(pending('query')[0], page([expression('a', 1, 'RUNNING')]))
    for (const document of [ExpressionsDeleted, ExpressionsChanged])
      pipe(
        client.subscription<unknown, object>(document, {}),
        subscribe(() => {}),
      )
    const [deletions, changes] = pending('subscription')
    await answer(deletions, { expressionsDeleted: ['a'] })
    await answer(changes, { expressionsChanged: [expression('a', 2, 'SUCCEEDED')] })
    expect(shown.ids).toEqual([])
  })

  it('are not thrown back by a query that was answered before the last change and came after it', async () => {
    const { client, pending, answer } = start()
    const shown = watch(client, {})
    pipe(
      client.subscription(ExpressionsChanged, {}),
      subscribe(() => {}),
    )
    await answer(pending('subscription')[0], { expressionsChanged: [expression('a', 2, 'SUCCEEDED')] })
    await answer(pending('query')[0], page([expression('a', 1, 'RUNNING')]))
    expect(shown.ids).toEqual(['a SUCCEEDED'])
  })
})
