import { beforeAll, describe, expect, test } from 'vitest'
import { whenFileIsDone } from '../support/cleanup.ts'
import { submit } from '../support/expressions.ts'
import { register, type Person } from '../support/people.ts'
import { remove } from '../support/retry-and-delete.ts'
import { startTestApp } from '../support/test-app.ts'

const whenDone = whenFileIsDone()
let ada: Person

beforeAll(async () => {
  ada = await register(await startTestApp({ whenDone }), 'ada@example.com', whenDone)
  for (let value = 1; value <= 25; value++) await submit(ada, `${value}`)
  await submit(ada, '26+0')
})

interface Page {
  readonly edges: readonly {
    readonly cursor: string
    readonly node: { readonly id: string; readonly source: string }
  }[]
  readonly pageInfo: {
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
    readonly startCursor: string | null
    readonly endCursor: string | null
  }
}

async function page(args: string): Promise<Page> {
  const { expressions } = await ada.get<{ expressions: Page }>(`{
    expressions${args} { edges { cursor node { id source } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }
  }`)
  return expressions
}

const sources = ({ edges }: Page) => edges.map(({ node }) => node.source)
const from = (first: number, last: number) =>
  Array.from({ length: first - last + 1 }, (_, i) => (first - i === 26 ? '26+0' : `${first - i}`))

describe('expressions', () => {
  test('come newest first, 20 at a time unless told', async () => {
    const { pageInfo, ...shown } = await page('')
    expect(sources({ pageInfo, ...shown })).toEqual(from(26, 7))
    expect(pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false, endCursor: shown.edges[19]?.cursor })
  })

  test('are paged through forwards, each once', async () => {
    const seen: string[] = []
    for (let after = ''; ;) {
      const shown = await page(`(first: 10${after})`)
      seen.push(...sources(shown))
      if (!shown.pageInfo.hasNextPage) break
      after = `, after: "${shown.pageInfo.endCursor}"`
    }
    expect(seen).toEqual(from(26, 1))
  })

  test('and backwards', async () => {
    const last = await page('(last: 10)')
    expect(sources(last)).toEqual(from(10, 1))
    const before = await page(`(last: 10, before: "${last.pageInfo.startCursor}")`)
    expect(sources(before)).toEqual(from(20, 11))
    expect(before.pageInfo.hasPreviousPage).toBe(true)
  })

  test('that are submitted meanwhile do not shift the pages', async () => {
    const first = await page('(first: 5)')
    const { id } = await submit(ada, '27')
    const second = await page(`(first: 5, after: "${first.pageInfo.endCursor}")`)
    expect(sources(second)).toEqual(from(21, 17))
    expect(id).toBeDefined()
  })

  test('whose last was deleted meanwhile go on where it stood', async () => {
    const first = await page('(first: 5)')
    const last = first.edges.at(-1)
    await remove(ada, last!.node.id)
    const second = await page(`(first: 5, after: "${first.pageInfo.endCursor}")`)
    expect(sources(second)).toHaveLength(5)
    const before = await page(`(last: 4, before: "${first.pageInfo.endCursor}")`)
    expect(sources(before)).toEqual(sources(first).slice(0, 4))
    expect(before.pageInfo).toMatchObject({ hasPreviousPage: false, hasNextPage: true })
    const joined = await page('(first: 9)')
    expect(sources(joined)).toEqual([...sources(first).slice(0, 4), ...sources(second)])
  })

  test('are at most 100 at a time', async () => {
    for (const args of [
      'first: 101',
      'first: 0',
      'first: -1',
      'last: 1000000',
      'first: 1, last: 1',
      'first: 1, before: "x"',
    ]) {
      const { errors } = await ada.run(`{ expressions(${args}) { edges { cursor } } }`)
      expect(errors, args).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }])
    }
    for (const list of ['users', 'invitations', 'auditEvents']) {
      const { errors } = await ada.run(`{ ${list}(first: 101) { edges { cursor } } }`)
      expect(errors, list).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }])
    }
    expect((await page('(first: 100)')).edges.length).toBeGreaterThanOrEqual(26)
  })

  test('are filtered by status and by what the source contains', async () => {
    expect(sources(await page('(filter: { statuses: [QUEUED, RUNNING] })'))).toEqual(['26+0'])
    expect(sources(await page('(filter: { sourceContains: "+" })'))).toEqual(['26+0'])
    expect(sources(await page('(filter: { sourceContains: "%" })'))).toEqual([])
    expect(sources(await page('(filter: { statuses: [SUCCEEDED], sourceContains: "26" })'))).toEqual([])
    expect(sources(await page('(filter: { statuses: [] })'))).toEqual([])
  })
})
