import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { v7 } from 'uuid'
import { insertExpressions } from '../../src/store/expressions/insert-expressions.ts'
import { newExpression } from '../store/support.ts'
import { whenFileIsDone } from '../support/cleanup.ts'
import { login, register, type Person } from '../support/people.ts'
import { startTestApp, type TestApp } from '../support/test-app.ts'

const whenDone = whenFileIsDone()
let app: TestApp
let ada: Person
let bob: Person
beforeAll(async () => {
  app = await startTestApp({ whenDone })
  ada = await register(app, 'ada@example.com', whenDone)
  bob = await register(app, 'bob@example.com', whenDone)
  await add(ada, ['4+4', '5%5', ...Array.from({ length: 20_000 }, () => '7')])
}, 60_000)

async function add({ userId }: Person, sources: readonly string[]): Promise<void> {
  const ownerId = Buffer.from(userId, 'base64').toString().split(':')[1] ?? ''
  const expressions = sources.map((source) => newExpression(ownerId, { id: v7(), source }))
  for (let begin = 0; begin < expressions.length; begin += 5_000)
    await insertExpressions(app.app.services.database.pool, expressions.slice(begin, begin + 5_000))
}

interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly source: string } }[]
  readonly pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string }
  readonly searchedTo: string | null
}

const fields = `edges { cursor node { source } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } searchedTo`

const page = async (options: string, client = ada) =>
  (await client.get<{ expressions: Page }>(`{ expressions(${options}) { ${fields} } }`)).expressions

describe('a search through more than one page may cost', () => {
  test('tells so, and goes on from where it stopped', async () => {
    const pages: Page[] = []
    for (let after = ''; ; after = `, after: "${pages.at(-1)!.pageInfo.endCursor}"`) {
      pages.push(await page(`first: 5, filter: { sourceContains: "4" }${after}`))
      if (!pages.at(-1)!.pageInfo.hasNextPage) break
    }
    expect(pages.flatMap(({ edges }) => edges.map(({ node }) => node.source))).toEqual(['4+4'])
    expect(pages.length).toBeGreaterThan(1)
    expect(pages.length).toBeLessThan(5)
    for (const { searchedTo } of pages.slice(0, -1)) expect(new Date(searchedTo!).getTime()).toBeLessThan(Date.now())
    expect(pages.at(-1)!.searchedTo).toBeNull()
  })

  test('goes the other way as well', async () => {
    const first = await page('last: 5, filter: { sourceContains: "%" }')
    expect(first.edges.map(({ node }) => node.source)).toEqual(['5%5'])
    expect(first.pageInfo).toMatchObject({ hasPreviousPage: true })
    const next = await page(`last: 5, before: "${first.pageInfo.startCursor}", filter: { sourceContains: "%" }`)
    expect(next.edges).toEqual([])
  })

  test('by status alone is one too', async () => {
    const none = await page('filter: { statuses: [FAILED] }')
    expect(none).toMatchObject({ edges: [], searchedTo: null, pageInfo: { hasNextPage: false } })
    const full = await page('first: 3, filter: { statuses: [QUEUED] }')
    expect(full).toMatchObject({ edges: [{}, {}, {}], searchedTo: null, pageInfo: { hasNextPage: true } })
  })
})

test('a text too long to look for is refused, and it is said how long it may be', async () => {
  const { errors } = await ada.run(`{ expressions(filter: { sourceContains: "${'1'.repeat(101)}" }) { ${fields} } }`)
  expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }])
  expect(errors?.[0]?.message).toContain('at most 100 characters')
  expect((await page(`filter: { sourceContains: "${'1'.repeat(100)}" }`, bob)).edges).toEqual([])
})

describe('while searches wait for the database', () => {
  const aliases = Array.from(
    { length: 10 },
    (_, i) => `a${i}: expressions(filter: { sourceContains: "+" }) { ${fields} }`,
  )
  const document = `{ ${aliases.join(' ')} }`

  /** Nobody reads expressions while this runs: the sessions of accounts are not among what is locked. */
  async function whileLocked(run: () => Promise<void>): Promise<void> {
    const client = new pg.Client(app.databaseUrl)
    await client.connect()
    await client.query('BEGIN; LOCK expression IN ACCESS EXCLUSIVE MODE')
    try {
      await run()
    } finally {
      await client.end()
    }
  }

  test('others sign in, and see who they are', async () => {
    const searches: Promise<unknown>[] = []
    await whileLocked(async () => {
      for (const client of [ada, bob]) for (let i = 0; i < 2; i++) searches.push(client.run(document))
      const { searches: lane } = app.app.services.database
      await expect.poll(() => lane.pool.totalCount - lane.pool.idleCount).toBe(2)
      expect(await login(app, 'bob@example.com')).toBeDefined()
      expect(await bob.get('{ viewer { email } }')).toEqual({ viewer: { email: 'bob@example.com' } })
      // One of each user, and no more.
      expect(lane.pool.totalCount).toBe(2)
    })
    await Promise.all(searches)
  })

  test('more of one user than may wait are turned away, and told when to come back', async () => {
    const answers: ReturnType<Person['run']>[] = []
    await whileLocked(async () => {
      for (let i = 0; i < 40; i++) answers.push(ada.run(`{ ${aliases[0]} }`))
      const { errors } = await Promise.race(answers)
      expect(errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED', retryAfterSeconds: 5 } }])
    })
    await Promise.all(answers)
  })
})
