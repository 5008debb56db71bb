import type { BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import { agentCard } from './support/agents.ts'
import { describePage, test } from './support/browser-test.ts'
import { listedExpressions } from './support/expressions.ts'
import { findFlaws } from './support/looks.ts'

const headers = { 'graphql-require-preflight': '1' }

interface Answer {
  readonly data?: Record<string, { readonly __typename: string; readonly accessToken?: string }>
}

async function run(context: BrowserContext, query: string, variables: object, token?: string): Promise<Answer> {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const response = await context.request.post('/graphql', {
    headers: { ...headers, ...authorization },
    data: { query, variables },
  })
  return (await response.json()) as Answer
}

/** Numbers alone: they are succeeded as they are submitted. */
async function submitNumbers(context: BrowserContext, token: string, from: number, to: number): Promise<void> {
  const query = `mutation ($input: SubmitExpressionsInput!) { outcome: submitExpressions(input: $input) { __typename } }`
  for (let begin = from; begin < to; begin += 100) {
    const expressions = Array.from({ length: Math.min(100, to - begin) }, (_, place) => ({
      source: String(begin + place),
      requestId: `number-${begin + place}`,
    }))
    const { data } = await run(context, query, { input: { expressions } }, token)
    expect(data?.['outcome']?.__typename).toBe('SubmitExpressionsPayload')
  }
}

const sources = (page: Page) => listedExpressions(page).getByRole('link').allInnerTexts()

describePage('the list of expressions', () => {
  test('goes on as one scrolls, holds few rows, and is searched by text, which the address keeps', async ({
    admin,
    arrive,
  }) => {
    const { context, page } = await arrive()
    const input = { email: 'ada@example.com', password: admin.password }
    const { data } = await run(
      context,
      `mutation ($input: CredentialsInput!) { outcome: register(input: $input) { __typename ... on Authentication { accessToken } } }`,
      { input },
    )
    await submitNumbers(context, data?.['outcome']?.accessToken ?? '', 10_000, 11_000)
    await page.goto('/')
    await expect.poll(async () => (await sources(page))[0]).toBe('10999')

    const seen = new Set<string>()
    for (let isEnd = false; !isEnd; isEnd = seen.has('10000')) {
      for (const source of await sources(page)) seen.add(source)
      expect(await listedExpressions(page).count()).toBeLessThanOrEqual(250)
      await page.mouse.wheel(0, 1_500)
    }
    expect(seen.size).toBe(1_000)
    expect(await findFlaws(page)).toEqual([])
    await page.getByRole('searchbox', { name: 'Search in sources' }).fill('0012')
    await expect.poll(() => sources(page)).toEqual(['10012'])
    expect(new URL(page.url()).search).toBe('?q=0012')
    await page.reload()
    await expect.poll(() => sources(page)).toEqual(['10012'])
    await page.getByText('Failed', { exact: true }).click()
    await expect.poll(() => page.getByText('None of your expressions here contains this text').count()).toBe(1)
    expect(new URL(page.url()).search).toBe('?status=failed&q=0012')
  })
})

describePage('an agent that is drained by mistake', () => {
  test('stays when the admin takes it back, and the focus goes along', async ({ setDurations, arriveAsAdmin }) => {
    await setDurations({ Addition: 8_000 })
    const visitor = await arriveAsAdmin()
    const { page } = visitor
    // Something that both agents hold, so that none leaves at once.
    const list = await visitor.openTab('/')
    await list
      .getByRole('textbox', { name: 'Expression' })
      .fill(Array.from({ length: 8 }, (_, place) => `(${place}.5+${place})`).join('*'))
    await list.getByRole('button', { name: 'Evaluate' }).click()
    await page.getByRole('link', { name: 'Agents' }).click()
    const card = agentCard(page, 'agent-1')
    await expect.poll(() => card.innerText()).toContain('4 of 4 busy')
    await card.getByRole('button', { name: 'Drain agent-1' }).click()
    await card.getByRole('button', { name: 'Drain', exact: true }).click()
    await expect.poll(() => card.innerText()).toContain('Draining')
    const stay = card.getByRole('button', { name: 'Stop draining agent-1' })
    await expect.poll(() => stay.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    await expect.poll(() => card.innerText()).toContain('Online')
    const drain = card.getByRole('button', { name: 'Drain agent-1' })
    await expect.poll(() => drain.evaluate((element) => element === document.activeElement)).toBe(true)
    // It has finished what it held, and is still there.
    await expect.poll(() => card.innerText(), { timeout: 20_000 }).toContain('0 of 4 busy')
    expect(await card.innerText()).toContain('Online')
  })
})
