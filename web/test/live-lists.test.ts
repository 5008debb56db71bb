import { Client, type Exchange, type Operation, type OperationResult } from '@urql/core'
import { filter, makeSubject, map, merge, pipe } from 'wonka'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { variableOf, readFilter } from '../src/features/expressions/filter/list-filter.ts'
import { orderNamed } from '../src/features/expressions/filter/list-order.ts'
import { listenToExpressions } from '../src/features/expressions/rows/list-events.ts'
import { ListReader } from '../src/features/expressions/rows/list-reader.ts'
import { LiveList } from '../src/features/expressions/rows/live-list.ts'
import type { Row } from '../src/features/expressions/rows/row.ts'

/** In a browser a frame; here there is nothing to paint. */
beforeAll(() => {
  vi.stubGlobal('document', { hidden: false })
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => setTimeout(run))
  vi.stubGlobal('cancelAnimationFrame', clearTimeout)
})

const id = (place: string) => btoa(`Expression:${place}`)

function row(place: string, version: number, status: Row['status'] = 'RUNNING', change: Partial<Row> = {}): Row {
  return {
    id: id(place),
    version,
    status,
    sourceBeginning: place,
    sourceLength: place.length,
    progress: { completed: 0, total: 1 },
    result: null,
    error: null,
    createdAt: '2026-11-27T10:00:00.000Z',
    startedAt: '2026-11-27T10:00:00.000Z',
    finishedAt: null,
    ...change,
  }
}

const page = (rows: readonly Row[], next: string | null = null, previous: string | null = null) => ({
  expressions: {
    edges: rows.map((node) => ({ node })),
    pageInfo: {
      hasNextPage: next !== null,
      endCursor: next,
      hasPreviousPage: previous !== null,
      startCursor: previous,
    },
    searchedTo: null,
  },
})

/** A list with the test in the place of the server: it answers operations when it likes. */
function start(address = '') {
  const operations: Operation[] = []
  const { source, next } = makeSubject<OperationResult>()
  const server: Exchange = () => (incoming) =>
    merge([
      source,
      pipe(
        incoming,
        map((operation) => void (operation.kind === 'teardown' || operations.push(operation))),
        filter((_): _ is never => false),
      ),
    ])
  const client = new Client({ url: 'http://test.invalid/graphql', preferGetMethod: false, exchanges: [server] })
  const wanted = readFilter(new URLSearchParams(address))
  const order = orderNamed(wanted.order)
  const variable = variableOf(wanted, Date.parse('2026-11-27T12:00:00Z'))
  const live = new LiveList(new ListReader(client, variable, order), variable, order)
  listenToExpressions(client, live)
  void live.load('head')

  const asked = (name: string) => operations.filter(({ query }) => JSON.stringify(query).includes(`"${name}"`))
  return {
    live,
    asked,
    shown: () => live.loadedIds().map((id) => `${live.list.row(id)?.sourceBeginning} ${live.list.row(id)?.status}`),
    answer: async (name: string, data: object) => {
      const operation = asked(name).at(-1)
      if (!operation) throw new Error(`${name} was not asked`)
      next({ operation, data, stale: false, hasNext: operation.kind === 'subscription' })
      // Events are handed on a frame later, and read in microtasks.
      await new Promise((resolve) => setTimeout(resolve, 5))
    },
  }
}

const changed = (...rows: Row[]) => ({ expressionsChanged: rows })

describe('a list of expressions', () => {
  it('takes in what is new and shows changes, in their places', async () => {
    const { shown, answer, asked } = start()
    await answer('ExpressionPage', page([row('a', 1)]))
    await answer('ExpressionsChanged', changed(row('c', 1, 'QUEUED'), row('a', 2, 'SUCCEEDED'), row('b', 1)))
    expect(shown()).toEqual(['c QUEUED', 'b RUNNING', 'a SUCCEEDED'])
    await answer('ExpressionsChanged', changed(row('a', 1), row('c', 2)))
    expect(shown()).toEqual(['c RUNNING', 'b RUNNING', 'a SUCCEEDED'])
    expect(asked('ExpressionPage')).toHaveLength(1)
  })

  it('lets go of what its filter does not let through any more, and takes in what it does now', async () => {
    const { shown, answer, live } = start('status=active')
    await answer('ExpressionPage', page([row('b', 1), row('a', 1)]))
    expect(live.view.get().count).toEqual({ total: 2, isExact: true })
    await answer('ExpressionsChanged', changed(row('a', 2, 'SUCCEEDED'), row('c', 1, 'FAILED'), row('d', 1, 'QUEUED')))
    expect(shown()).toEqual(['d QUEUED', 'b RUNNING'])
    expect(live.view.get().count).toEqual({ total: 2, isExact: true })
  })

  it('in the order of durations has what has ended alone, and puts it in its place', async () => {
    const took = (ms: number) => ({ finishedAt: new Date(Date.parse('2026-11-27T10:00:00Z') + ms).toISOString() })
    const { shown, answer } = start('order=longest')
    await answer('ExpressionPage', page([row('a', 1, 'SUCCEEDED', took(9_000)), row('b', 1, 'SUCCEEDED', took(10))]))
    await answer('ExpressionsChanged', changed(row('c', 1), row('d', 2, 'SUCCEEDED', took(500))))
    expect(shown()).toEqual(['a SUCCEEDED', 'd SUCCEEDED', 'b SUCCEEDED'])
  })

  it('puts nothing where it has not been loaded, and counts anew', async () => {
    const { shown, answer, asked } = start()
    await answer('ExpressionPage', page([row('d', 1), row('c', 1)], 'after c'))
    await answer('ExpressionCount', { expressions: { totalCount: 3, isTotalCountExact: true } })
    await answer('ExpressionsChanged', changed(row('a', 2, 'SUCCEEDED'), row('e', 1)))
    expect(shown()).toEqual(['e RUNNING', 'd RUNNING', 'c RUNNING'])
    expect(asked('ExpressionPage').at(-1)?.variables).toMatchObject({ first: 100, after: 'after c' })
  })

  it('is loaded from its end as well, until both meet', async () => {
    const { shown, answer, live, asked } = start()
    await answer('ExpressionPage', page([row('d', 1), row('c', 1)], 'after c'))
    const jump = live.load('tail')
    expect(asked('ExpressionPage').at(-1)?.variables).toMatchObject({ last: 100 })
    await answer('ExpressionPage', page([row('a', 1)], null, 'before a'))
    await jump
    expect([shown(), live.gap]).toEqual([['d RUNNING', 'c RUNNING', 'a RUNNING'], 40])
    const rest = live.load('tail')
    await answer('ExpressionPage', page([row('c', 1), row('b', 1)], null, 'before c'))
    await rest
    expect([shown(), live.gap]).toEqual([['d RUNNING', 'c RUNNING', 'b RUNNING', 'a RUNNING'], 0])
  })

  it('loses what is deleted, and an event that was on its way does not bring it back', async () => {
    const { shown, answer } = start()
    await answer('ExpressionPage', page([row('b', 1), row('a', 1)]))
    await answer('ListedExpressionsDeleted', { expressionsDeleted: [id('a'), id('never seen')] })
    expect(shown()).toEqual(['b RUNNING'])
    await answer('ExpressionsChanged', changed(row('a', 2, 'SUCCEEDED')))
    expect(shown()).toEqual(['b RUNNING'])
    await answer('ExpressionRows', { nodes: [null] })
    expect(shown()).toEqual(['b RUNNING'])
  })

  it('shows again what was brought back, whoever did it', async () => {
    const { shown, answer } = start()
    await answer('ExpressionPage', page([row('b', 1), row('a', 1)]))
    await answer('ListedExpressionsDeleted', { expressionsDeleted: [id('a')] })
    await answer('ExpressionsChanged', changed(row('a', 7, 'QUEUED')))
    await answer('ExpressionRows', { nodes: [{ __typename: 'Expression', ...row('a', 7, 'QUEUED') }] })
    expect(shown()).toEqual(['b RUNNING', 'a QUEUED'])
  })

  it('asks where an old word of a deletion comes after the row was brought back here', async () => {
    const { shown, answer, live, asked } = start()
    await answer('ExpressionPage', page([row('a', 1)]))
    live.removeDeleted([id('a')])
    expect(shown()).toEqual([])
    void live.show([id('a')])
    const found = { nodes: [{ __typename: 'Expression', ...row('a', 2) }] }
    await answer('ExpressionRows', found)
    await answer('ListedExpressionsDeleted', { expressionsDeleted: [id('a')] })
    expect(asked('ExpressionRows')).toHaveLength(2)
    await answer('ExpressionRows', found)
    expect(shown()).toEqual(['a RUNNING'])
    // And believes it where it is so.
    await answer('ListedExpressionsDeleted', { expressionsDeleted: [id('a')] })
    await vi.waitFor(() => expect(asked('ExpressionRows')).toHaveLength(3))
    await answer('ExpressionRows', { nodes: [null] })
    expect(shown()).toEqual([])
  })

  it('does not show what was deleted while the page that has it was on its way', async () => {
    const { shown, answer, asked } = start()
    await answer('ListedExpressionsDeleted', { expressionsDeleted: [id('a'), id('c')] })
    await answer('ExpressionPage', page([row('c', 3), row('b', 1), row('a', 1)]))
    expect(shown()).toEqual(['b RUNNING'])
    expect(asked('ExpressionRows').at(-1)?.variables).toEqual({ ids: [id('c'), id('a')] })
    await answer('ExpressionRows', { nodes: [{ __typename: 'Expression', ...row('c', 3) }, null] })
    expect(shown()).toEqual(['c RUNNING', 'b RUNNING'])
  })

  it('shows what ended, and what was submitted, while the page that was read before that was on its way', async () => {
    const { shown, answer } = start()
    await answer('ExpressionsChanged', changed(row('c', 1), row('a', 2, 'SUCCEEDED')))
    await answer('ExpressionPage', page([row('b', 1), row('a', 1)]))
    expect(shown()).toEqual(['c RUNNING', 'b RUNNING', 'a SUCCEEDED'])
  })

  it('lets go of what the server does not have, where it is to be shown again', async () => {
    const { shown, answer, live } = start()
    await answer('ExpressionPage', page([row('b', 1), row('a', 1)]))
    const hidden = [live.list.row(id('a'))!]
    live.hide([id('a')])
    await answer('ListedExpressionsDeleted', { expressionsDeleted: [id('a')] })
    void live.show([id('a')], hidden)
    await answer('ExpressionRows', { nodes: [null] })
    expect(shown()).toEqual(['b RUNNING'])
  })

  it('asks about all that is in doubt, a hundred at a time', async () => {
    const { shown, answer, asked } = start()
    const rows = Array.from({ length: 130 }, (_, place) => row(String(1_000 - place), 1))
    const ids = rows.map(({ id }) => id)
    await answer('ListedExpressionsDeleted', { expressionsDeleted: ids })
    await answer('ExpressionPage', page(rows))
    for (const [begin, end] of [
      [0, 100],
      [100, 130],
    ]) {
      await vi.waitFor(() => expect(asked('ExpressionRows').at(-1)?.variables).toEqual({ ids: ids.slice(begin, end) }))
      await answer('ExpressionRows', {
        nodes: rows.slice(begin, end).map((found) => ({ __typename: 'Expression', ...found })),
      })
    }
    expect(shown()).toHaveLength(130)
  })

  it('finds what came to an empty list while nobody looked at it', async () => {
    const { shown, answer, live } = start()
    await answer('ExpressionPage', page([]))
    void live.onReconnected()
    await answer('ExpressionPage', page([row('a', 1)]))
    expect(shown()).toEqual(['a RUNNING'])
  })

  it('begins anew where it could not begin before', async () => {
    const { shown, answer, live } = start()
    await answer('ExpressionPage', { expressions: null })
    expect(live.view.get().phase).toBe('failed')
    void live.onReconnected()
    await answer('ExpressionPage', page([row('a', 1)]))
    await answer('ExpressionPage', page([row('a', 1)]))
    expect([shown(), live.view.get().phase]).toEqual([['a RUNNING'], 'ready'])
  })

  it('looks into a long source for a text that its beginning has not', async () => {
    const { shown, answer } = start('q=9')
    await answer('ExpressionPage', page([]))
    const long = { sourceLength: 10_000 }
    await answer(
      'ExpressionsChanged',
      changed(row('c9', 1), row('b', 1, 'RUNNING', long), row('a', 1, 'RUNNING', long)),
    )
    expect(shown()).toEqual(['c9 RUNNING'])
    await answer('ExpressionSources', {
      nodes: [
        { __typename: 'Expression', id: id('b'), source: 'b … 9' },
        { __typename: 'Expression', id: id('a'), source: 'a … 8' },
      ],
    })
    expect(shown()).toEqual(['c9 RUNNING', 'b RUNNING'])
  })

  it('shows what was hidden again where the deletion is refused', async () => {
    const { shown, answer, live } = start()
    await answer('ExpressionPage', page([row('b', 1), row('a', 1)]))
    const hidden = [live.list.row(id('a'))!]
    live.hide([id('a')])
    expect(shown()).toEqual(['b RUNNING'])
    await answer('ExpressionsChanged', changed(row('a', 2)))
    expect(shown()).toEqual(['b RUNNING'])
    void live.show([id('a')], hidden)
    expect(shown()).toEqual(['b RUNNING', 'a RUNNING'])
  })
})
