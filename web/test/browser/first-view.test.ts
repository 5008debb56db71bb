import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { describePage, test } from './support/browser-test.ts'

/** All that a page has its readers fetch before they see it, each file compressed by itself. */
const budget = 170_000

/** Bytes of the document and of the scripts and styles that a page has asked for so far. */
async function weigh(page: Page, open: () => Promise<unknown>): Promise<number> {
  // What the page before it still asks for is not its own.
  await page.goto('about:blank')
  const addresses = new Set<string>()
  page.on('request', (request) => {
    if (['document', 'script', 'stylesheet'].includes(request.resourceType())) addresses.add(request.url())
  })
  await open()
  const files = await Promise.all(
    [...addresses].map((address) => page.request.get(address).then((file) => file.body())),
  )
  // The document, its styles, React and the page's own at the least: fewer would not have been counted.
  expect(files.length).toBeGreaterThan(5)
  return files.reduce((sum, file) => sum + gzipSync(file).length, 0)
}

describePage.each(['en-US', 'ru-RU'])('the first view in %s, which may weigh 170 kB', (locale) => {
  test('of a stranger, the recording that they see included', async ({ arrive, admin }) => {
    void admin
    const { page } = await arrive(locale)
    const weight = await weigh(page, async () => {
      await page.goto('/')
      await page.getByRole('tree').waitFor()
    })
    expect(weight).toBeLessThan(budget)
  })

  test('of one’s expressions', async ({ arriveAsUser }) => {
    const { page } = await arriveAsUser(locale)
    const weight = await weigh(page, async () => {
      await page.goto('/')
      await page.getByText('Nothing here yet').or(page.getByText('Пока ничего')).waitFor()
      await page.waitForLoadState('networkidle')
    })
    expect(weight).toBeLessThan(budget)
  })

  test('of the agents, before its charts', async ({ arriveAsUser }) => {
    const { page } = await arriveAsUser(locale)
    // Without an answer there is nothing to draw, and the charts' code is not asked for.
    await page.route('**/graphql', (route) =>
      route.request().postData()?.includes('query Agents') ? undefined : route.continue(),
    )
    // Nor are figures to come by the socket.
    await page.routeWebSocket('**/graphql', () => {})
    const weight = await weigh(page, async () => {
      await page.goto('/agents')
      await page.getByRole('heading', { level: 1 }).waitFor()
    })
    expect(weight).toBeLessThan(budget)
  })
})
