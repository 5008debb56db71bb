import type { BrowserContext, CDPSession, Page } from 'playwright-core'
import { enter } from '../../../web/test/browser/support/account.ts'
import { startChromium } from '../../../web/test/browser/support/chromium.ts'
import { saveDurations } from '../../../web/test/browser/support/operations.ts'
import { evaluateAndWatch } from '../../../web/test/browser/support/expressions.ts'
import { mainThreadOf, type TraceEvent } from './turns.ts'

export interface PageWork {
  /** The longest time for which the main thread answered nobody. */
  readonly longestTurnMs: number
  /** All that the main thread did, of its processor's time. */
  readonly cpuMs: number
  readonly pictures: number
  readonly seconds: number
}

export interface FrameBudget {
  /** From the request until it is quiet. */
  readonly loading: PageWork
  /** While its operations run. */
  readonly running: PageWork
}

const operatorMs = 40
const settleMs = 4_000
const watchMs = 8_000

/** How the page of a large expression bears its load and its changes, by Chromium's own account of its main thread. */
export async function frameBudget(address: string, source: string): Promise<FrameBudget> {
  const browser = await startChromium()
  try {
    const context = await browser.newContext({ baseURL: address, viewport: { width: 1280, height: 800 } })
    await enter(context, 'register', { email: 'frames@example.com', password: 'correct horse battery' })
    const page = await context.newPage()
    await page.addInitScript(countPictures)
    await saveDurations(page, { Addition: operatorMs, Subtraction: operatorMs, Multiplication: operatorMs })
    await page.goto('/')
    await evaluateAndWatch(page, source)
    const loading = await observe(context, page, async () => {
      await page.reload()
      await page.getByRole('tree').waitFor()
      await page.waitForTimeout(settleMs)
    })
    const running = await observe(context, page, () => page.waitForTimeout(watchMs))
    return { loading, running }
  } finally {
    await browser.close()
  }
}

/** Runs in the page, whose names this program's types do not know. */
export const countPictures = `
  globalThis.pictures = 0
  requestAnimationFrame(function count() {
    globalThis.pictures += 1
    requestAnimationFrame(count)
  })`

export async function observe(context: BrowserContext, page: Page, work: () => Promise<void>): Promise<PageWork> {
  const devTools = await context.newCDPSession(page)
  const pictures = () => page.evaluate<number>('globalThis.pictures')
  const before = await pictures()
  const start = performance.now()
  const turns = await traced(devTools, work)
  const seconds = (performance.now() - start) / 1_000
  await devTools.detach()
  return { ...mainThreadOf(turns), pictures: Math.max(0, (await pictures()) - before), seconds }
}

/** What Chromium's tracing tells of its threads meanwhile. */
async function traced(devTools: CDPSession, work: () => Promise<void>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = []
  devTools.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])))
  await devTools.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['disabled-by-default-devtools.timeline', 'devtools.timeline'] },
  })
  await work()
  const complete = new Promise((resolve) => devTools.once('Tracing.tracingComplete', resolve))
  await devTools.send('Tracing.end')
  await complete
  return events
}
