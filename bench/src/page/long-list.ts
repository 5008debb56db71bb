import type { BrowserContext, Page } from 'playwright-core'
import { enter } from '../../../web/test/browser/support/account.ts'
import { startChromium } from '../../../web/test/browser/support/chromium.ts'
import { listedExpressions } from '../../../web/test/browser/support/expressions.ts'
import { seedExpressions } from '../../../web/test/browser/support/seed.ts'
import type { FreshStart } from '../systems/start-up.ts'
import { countPictures, observe, type PageWork } from './frames.ts'

export interface ListBudget {
  readonly firstRowMs: number
  readonly endMs: number
  readonly filterMs: number
  readonly scrolling: PageWork
  readonly rowsPassed: number
  readonly heapMiB: { readonly before: number; readonly after: number }
}

const scrollMs = 10_000
const email = 'list@example.com'

/** How the page bears a long list. */
export async function listBudget({ address, databaseUrl }: FreshStart, count: number): Promise<ListBudget> {
  const browser = await startChromium()
  try {
    const context = await browser.newContext({ baseURL: address, viewport: { width: 1280, height: 800 } })
    await enter(context, 'register', { email, password: 'correct horse battery' })
    await seedExpressions(databaseUrl, { email, count, longestSource: 10_000 })
    const page = await context.newPage()
    await page.addInitScript(countPictures)
    const firstRowMs = await timed(
      () => page.goto('/'),
      () => listedExpressions(page).first().waitFor(),
    )
    const before = await heapMiB(context, page)
    const scrolling = await observe(context, page, () => scrollDown(page))
    const rowsPassed = await lastRow(page)
    const after = await heapMiB(context, page)
    const endMs = await timed(
      () => page.getByRole('grid').press('End'),
      () => listedExpressions(page).filter({ hasText: /^0\+/ }).waitFor(),
    )
    const filterMs = await timed(
      () => page.getByText('Failed', { exact: true }).first().click(),
      () =>
        listedExpressions(page)
          .filter({ hasText: `${count - 3}+` })
          .waitFor(),
    )
    return { firstRowMs, endMs, filterMs, scrolling, rowsPassed, heapMiB: { before, after } }
  } finally {
    await browser.close()
  }
}

async function timed(act: () => Promise<unknown>, isDone: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await act()
  await isDone()
  return performance.now() - start
}

/** A turn of the wheel each picture. */
async function scrollDown(page: Page): Promise<void> {
  const end = performance.now() + scrollMs
  while (performance.now() < end) await page.mouse.wheel(0, 1_000)
}

const lastRow = async (page: Page): Promise<number> =>
  Number(await listedExpressions(page).last().getAttribute('aria-rowindex'))

/** After what is not held any more is gone. */
async function heapMiB(context: BrowserContext, page: Page): Promise<number> {
  const devTools = await context.newCDPSession(page)
  await devTools.send('HeapProfiler.collectGarbage')
  const { usedSize } = await devTools.send('Runtime.getHeapUsage')
  await devTools.detach()
  return usedSize / 2 ** 20
}
